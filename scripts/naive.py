"""What `benchmark.py` measures against: the pipeline that tutorials show (pandas, jieba.lcut, TF-IDF, linear SVM,
joblib), and fastText with jieba's words (where it is installed: `pip install fasttext-numpy2-wheel`).

python scripts/naive.py train corpora/tips MODEL
python scripts/naive.py predict MODEL INPUT.csv|INPUT.xlsx OUTPUT
python scripts/naive.py one MODEL TEXT
python scripts/naive.py fast-train corpora/tips MODEL
python scripts/naive.py fast-predict MODEL INPUT.csv OUTPUT
"""

import sys
import tempfile
from pathlib import Path

import jieba
import joblib
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

TEXT = "内容"


def words(text: str) -> list[str]:
    """Cut a text as tutorials do; by name, so that joblib can find it again."""
    return jieba.lcut(text)


def train(source: str, model: str) -> None:
    """Fit on the main labels of a csv, or of a folder of them."""
    frame = _read(source)
    pipeline = make_pipeline(TfidfVectorizer(tokenizer=words, token_pattern=None), LinearSVC())
    joblib.dump(pipeline.fit(frame["text"], frame["labels"].str.split(";").str[0]), model)


def _read(source: str) -> pd.DataFrame:
    path = Path(source)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False) for file in files])


def predict(model: str, source: str, target: str) -> None:
    """Classify a csv or workbook."""
    workbook = source.endswith(".xlsx")
    frame = pd.read_excel(source, dtype=str) if workbook else pd.read_csv(source, dtype=str, keep_default_na=False)
    frame["类别"] = joblib.load(model).predict(frame[TEXT])
    if workbook:
        frame.to_excel(target, index=False)
    else:
        frame.to_csv(target, index=False)


def one(model: str, text: str) -> None:
    """Classify one text."""
    print(joblib.load(model).predict([text])[0])


def fast_train(source: str, model: str) -> None:
    """Fit fastText on the main labels."""
    import fasttext

    frame = _read(source)
    lines = (
        f"__label__{labels.split(';')[0]} {_line(text)}"
        for labels, text in zip(frame["labels"], frame["text"], strict=True)
    )
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
        stream.flush()
        fasttext.train_supervised(stream.name, wordNgrams=2, epoch=25, lr=0.5, verbose=0).save_model(model)


def fast_predict(model: str, source: str, target: str) -> None:
    """Classify a csv with fastText."""
    import fasttext

    frame = _read(source)
    found = fasttext.load_model(model).predict([_line(text) for text in frame[TEXT]])[0]
    frame["类别"] = [labels[0].removeprefix("__label__") for labels in found]
    frame.to_csv(target, index=False)


def _line(text: str) -> str:
    return " ".join(jieba.lcut(text)).replace("\n", " ")


COMMANDS = {"train": train, "predict": predict, "one": one, "fast-train": fast_train, "fast-predict": fast_predict}

if __name__ == "__main__":
    sys.modules["naive"] = sys.modules["__main__"]  # the name under which `words` is stored
    words.__module__ = "naive"
    COMMANDS[sys.argv[1]](*sys.argv[2:])
