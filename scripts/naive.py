"""The pipeline that tutorials show, which `bench.py` measures against: pandas, jieba.lcut, TF-IDF, linear SVM, joblib.

python scripts/naive.py train corpora/tips MODEL
python scripts/naive.py predict MODEL INPUT.csv|INPUT.xlsx OUTPUT
python scripts/naive.py one MODEL TEXT
"""

import sys
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
    path = Path(source)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    frame = pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False) for file in files])
    pipeline = make_pipeline(TfidfVectorizer(tokenizer=words, token_pattern=None), LinearSVC())
    joblib.dump(pipeline.fit(frame["text"], frame["labels"].str.split(";").str[0]), model)


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


if __name__ == "__main__":
    sys.modules["naive"] = sys.modules["__main__"]  # the name under which `words` is stored
    words.__module__ = "naive"
    {"train": train, "predict": predict, "one": one}[sys.argv[1]](*sys.argv[2:])
