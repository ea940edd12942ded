"""A small taxonomy, corpus and trained model that the tests share."""

import csv
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Server, Staff, open_browser
from hypothesis import settings
from selenium import webdriver
from sklearn.base import clone

from tipclass import cli, training
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, LabelledTip
from tipclass.lexicon import Lexicon
from tipclass.model import Model
from tipclass.segment import suggest_frequencies
from tipclass.store import load_model, save_model, set_current
from tipclass.taxonomy import Taxonomy, parse_taxonomy

# No test is timed: the first example of many waits until words are read and patterns compiled.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Folds of so few texts are quicker done than given to other processes; whole programs started here are told the same.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")

TAXONOMY_TOML = """
title = "小类别表"
[[category]]
code = "water_pollution"
name = "水污染偷排"
aliases = ["水污染"]
[[category]]
code = "illegal_fishing"
name = "非法捕捞"
aliases = ["电鱼"]
[[category]]
code = "not_a_tip"
name = "非举报材料"
set_aside = true
"""

WATER = (
    "印染厂半夜把污水直接排进小河，河水发黑发臭",
    "养猪场的粪水流到村里的水塘，污水没有处理",
    "电镀作坊用暗管往雨水井排放废水",
    "工业园后面的排污口一直流黑水，鱼都死了",
    "洗砂场的泥浆水直接流进河里，井水也浑了",
    "屠宰点每天早上把血水倒进下水道，污水横流",
    "造纸厂下雨天偷排废水，沟里都是泡沫",
    "酸洗池的废水没有处理就排到河里",
)
FISHING = (
    "有人晚上在河边用电瓶电鱼，一网一网地舀",
    "禁渔期里有船下地笼捕鱼，天亮前收走",
    "水库里有人撒网捕鱼，还用药毒鱼",
    "河湾里背着机子电鱼的两个人又来了",
    "码头上有人收购江里捕的鱼，都是电鱼打来的",
    "禁渔区里有快艇拖网，渔政一来就跑",
    "桥下有人用绝户网捕鱼，网眼很密",
    "半夜有人炸鱼，水面漂着死鱼",
)
TALK = (
    "会议强调，要提高政治站位，扎实推进各项工作",
    "全市召开动员部署会，总结上半年工作成效",
    "同志们，要以零容忍的态度抓好整治工作落实",
    "截至六月底共办结案件一百余起，同比下降",
    "第三条 县级以上人民政府应当加强监督管理",
    "本台消息：专项行动取得阶段性成效",
    "关于印发工作方案的通知，各科室要认真贯彻",
    "会议要求，各部门要压实责任，形成工作合力",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process works alone at the end."""
    items.sort(key=lambda item: "slow" not in item.keywords)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return parse_taxonomy(TAXONOMY_TOML, source="taxonomy.toml")


@pytest.fixture(scope="session")
def corpus(taxonomy: Taxonomy) -> Corpus:
    """Twenty-four tips in two registers, one of them with two labels."""
    tips = [
        LabelledTip(f"{code}-{place}", text, (code,), register=("message", "note")[place % 2])
        for code, texts in zip(taxonomy.codes, (WATER, FISHING, TALK), strict=True)
        for place, text in enumerate(texts)
    ]
    both = ("water_pollution", "illegal_fishing")
    tips.append(LabelledTip("both", "厂里往河里排污水，下游还有人电鱼", both, register="note"))
    return Corpus(tuple(tips), taxonomy)


@pytest.fixture(scope="session")
def corpora(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a folder of corpora."""
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "tips").mkdir()
    (folder / "taxonomy.toml").write_text(TAXONOMY_TOML, encoding="utf-8")
    with (folder / "tips" / "all.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "text", "labels", "register"))
        writer.writerows((tip.id, tip.text, ";".join(tip.labels), tip.register) for tip in corpus.tips)
    return folder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    fishing, water = ["illegal_fishing"], ["water_pollution"]
    return suggest_frequencies({"电鱼": fishing, "污水": water, "绝户网": fishing})


@pytest.fixture(scope="session")
def classifier(taxonomy: Taxonomy, lexicon: Lexicon) -> TipClassifier:
    """Not fitted."""
    return TipClassifier(taxonomy.codes, lexicon)


@pytest.fixture(scope="session")
def models(corpus: Corpus, classifier: TipClassifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with one trained model in use."""
    folder = tmp_path_factory.mktemp("home") / "models"
    targets = dict.fromkeys(corpus.taxonomy.codes, 0.8)
    stored = training.package(training.train(corpus, classifier, targets=targets), corpus, TAXONOMY_TOML)
    save_model(folder / stored.manifest.id, stored.content, stored.manifest, stored.card)
    set_current(folder, stored.manifest.id)
    return folder


@pytest.fixture(scope="session")
def rival(corpus: Corpus, classifier: TipClassifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another model trained on the same corpus, in a folder of its own; nobody uses it."""
    rivals = clone(classifier).set_params(lexicon=Lexicon(), contrast=0.0, C=1.0)
    stored = training.package(
        training.train(corpus, rivals, targets=dict.fromkeys(corpus.taxonomy.codes, 0.7)), corpus, TAXONOMY_TOML
    )
    folder = tmp_path_factory.mktemp("rival") / stored.manifest.id
    save_model(folder, stored.content, stored.manifest, stored.card)
    return folder


@pytest.fixture
def home(models: Path, rival: Path, tmp_path: Path) -> Path:
    """A folder of two models, the first in use."""
    shutil.copytree(models, tmp_path / "models")
    shutil.copytree(rival, tmp_path / "models" / rival.name)
    return tmp_path / "models"


@pytest.fixture(scope="session")
def model(models: Path) -> Model:
    return load_model(next(models.glob("m*")))


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def driver(downloads: Path) -> Iterator[webdriver.Chrome]:
    with open_browser(downloads) as driver:
        yield driver


@pytest.fixture
def staff(driver: webdriver.Chrome, downloads: Path, models: Path, tmp_path: Path) -> Iterator[Staff]:
    """Somebody at the browser, before a desk of their own."""
    server = Server(tmp_path, models)
    driver.get(server.url)
    yield Staff(driver, server, downloads)
    server.stop()
    wrong = [each for each in driver.get_log("browser") if "refused" not in each["message"].lower()]  # type: ignore[no-untyped-call]
    assert wrong == [], "no page breaks its own rules"


@pytest.fixture
def two(staff: Staff, models: Path, rival: Path, tmp_path: Path) -> Staff:
    """The same desk with a folder of two models, the first of them in use."""
    home = tmp_path / "models"
    shutil.copytree(models, home)
    shutil.copytree(rival, home / rival.name)
    staff.server.kill()
    staff.server.models = home
    staff.server.start()
    return staff


@pytest.fixture
def run(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the program in an empty folder that has the models beside it; returns exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIPCLASS_HOME", str(models.parent))

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tipclass", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return int(leaving.value.code or 0), out, err

    return call
