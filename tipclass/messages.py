"""The table of interface text: every sentence staff read, filled with `.format(...)` by its user."""

# --- taxonomy ------------------------------------------------------------------------------------
WHAT_TAXONOMY = "类别表"
TAXONOMY_AMBIGUOUS = "“{word}”同时指 {one} 和 {two}；一个类别拆成两个时，旧名称只能留给其中一个，其余旧文本要重新标注"
TAXONOMY_TWICE = "有重复的类别代码"
TAXONOMY_NAME = "名称“{name}”不能是空的，也不能有分号和换行（分号用来隔开几个类别）"
TAXONOMY_TOO_FEW = "至少要有两个类别（[[category]]）"
TAXONOMY_ONE = "语料里的类别不到两个（{names}），无法训练。请补充其他类别的文本。"
UNKNOWN_CATEGORY = (
    "没有“{word}”这个类别{hint}。可用的类别见 taxonomy.toml；改名、合并前的旧名称写进新类别的 aliases 就还能用。"
)
DID_YOU_MEAN = "，是否指“{name}”"

# --- files people edit ---------------------------------------------------------------------------
TOML_MISSING = "找不到{what} {path}。请检查路径，或重新安装 tipclass 恢复自带的文件。"
TOML_ENCODING = "{what} {path} 不是 UTF-8 编码。请用记事本另存为 UTF-8 后再试。"
TOML_CLOSED = "打不开{what} {path}：{cause}。请检查文件是否正被占用，以及有没有读取权限。"
TOML_SYNTAX = "{what} {path} 不是有效的 TOML：{cause}。请按自带文件的写法改正。"
TOML_INVALID = "{what} {path} 的 {place} 处有误：{cause}。请改正后再试。"
TOML_PLACE = "第{number}项"
# What pydantic finds, by its own names; what is not here keeps its English sentence.
VALUE_CAUSES = {
    "missing": "没有填这一项",
    "extra_forbidden": "没有这一项，可能写错了名称",
    "string_type": "应是引号里的文字",
    "string_too_short": "不能是空的",
    "string_too_long": "太长，最多 {most} 个字",
    "string_pattern_mismatch": "只能用小写字母、数字和下划线，字母开头",
    "dict_type": "应是一段，不是一个值",
    "mapping_type": "应是一段，不是一个值",
    "model_type": "应是一段，不是一个值",
    "tuple_type": "应是方括号里的一列",
    "too_short": "不能是空的",
    "bool_type": "应是 true 或 false",
    "date_type": "应是日期，写成 2026-08-15",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "unexpected_keyword_argument": "没有这一项，可能写错了名称",
    "dataclass_type": "应是一段，不是一个值",
    "greater_than": "应大于 0",
    "literal_error": "应是 {expected} 之一",
    "enum": "应是 {expected} 之一",
}

# --- routing -------------------------------------------------------------------------------------
WHAT_ROUTING = "派单表"
ROUTING_WORD = "词“{word}”至少要有两个字，前后不带空格"
ROUTING_TWICE = "“{name}”出现了两次"
ROUTING_PATTERN = "“{pattern}”不是有效的正则表达式"
ROUTING_PERIOD = "{start} 起施行，却在 {end} 已经失效"
ROUTING_LEAD_OR_LOCAL = "lead 和 local 要填一个，也只能填一个"
ROUTING_IDLE = "“{name}”既没有主办，也没有协办"
ROUTING_UNRECOGNISED = "“{name}”没有填 words，也没有填 pattern"
ROUTING_REPLACES = "“{law}”取代“{old}”，那么同一个 department 里要有“{old}”，失效日期是 {day}"
ROUTING_OVERLAP = "“{name}”有两段时间重叠"
ROUTING_AUTHORITY = "authorities 里没有“{name}”{hint}"
ROUTING_LOCAL = "没有“{name}”这项本地设置{hint}"
ROUTING_CODE = "没有 code 是“{name}”的 department{hint}"
ROUTING_CIRCUMSTANCE = "没有“{name}”这种情形{hint}"
ROUTING_NEVER_MET = "“{name}”既没有数量，也没有情形（when）"
ROUTING_UNIT = "“{unit}”不是 {kind} 的单位，可用：{units}"
LOCAL_UNANSWERED = "由当地政府确定（本地设置未填）"
LOCAL_QUESTION = "{name}：{question}"
SWITCH_FIRED = "文中有“{word}”，按“{name}”派单"
UNCHECKED = "{text}（待核对）"
HINT = "{name}（{provision}）；文中：{met}"

# --- settings ------------------------------------------------------------------------------------
WHAT_SETTINGS = "本地设置"
SETTINGS_UNKNOWN = "本地设置里的“{key}”不是派单表要问的事项{hint}。要问的有：{keys}。"
SETTINGS_HEAD = "# 本地设置：法律交给地方确定的事项。在引号里填部门名称；没有填的，派单时写“由当地政府确定”。"

# --- nature and grade ----------------------------------------------------------------------------
WHAT_NATURE = "诉求性质用语"
NATURES = {
    "report": "举报",
    "complaint": "投诉",
    "help": "求助",
    "inquiry": "咨询",
    "suggestion": "建议",
    "praise": "表扬",
}
SIGNATURES = {"named": "实名", "anonymous": "匿名", "": ""}
WHAT_GRADE = "分级表"
LINK_TREES = "读不了重复件比对用的 {path}：文件缺失或已损坏。请重新安装程序；只想分类，可以加 --no-groups。"
WHAT_LINK_WEIGHTS = "重复件比对的权重"
WHAT_LINK_METHODS = "手法表"
WHAT_PRIVACY = "遮盖用语"
GRADE_LOWEST = "没有更急的情形"
GRADE_REASON = "{name}（{words}）"
GRADE_REPEATS = "第 {count} 次反映"
ELEMENTS = {
    "time": "时间",
    "place": "地点",
    "subject": "被举报主体",
    "act": "行为",
    "quantity": "数量",
    "plate": "车牌",
    "ship": "船舶",
    "phone": "电话",
    "account": "账号",
    "email": "邮箱",
    "id_number": "身份证号",
    "bank_card": "银行卡号",
    "credit_code": "统一社会信用代码",
}
ELEMENT_VALUE = "{text}（{value:g} {unit}）"
NATURE_PATTERN = "“{pattern}”不是有效的正则表达式"

# --- lexicon -------------------------------------------------------------------------------------
LEXICON_UNKNOWN_CODE = "词表文件 {path} 的文件名不是类别代码。请改成 taxonomy.toml 里的代码，例如 wildlife.txt。"

# --- training ------------------------------------------------------------------------------------
CATEGORY_WITHOUT_TIPS = "这些类别在语料里没有一条文本：{codes}。请补充语料，或从类别表里去掉它们。"
CATEGORY_ON_EVERY_TIP = "语料里每一条都属于同一类别，无法训练。请补充其他类别的文本。"

# --- corpus --------------------------------------------------------------------------------------
CORPUS_MISSING = "找不到语料 {path}。请检查路径；语料可以是 csv、tsv、xlsx、jsonl 文件，或含 tips/*.csv 的文件夹。"
CORPUS_FOLDER_EMPTY = "文件夹 {path} 里没有语料。请放入 tips/*.csv，或直接给出语料文件。"
CORPUS_EMPTY = "{source} 里没有一条可用的语料。请检查文件内容。"
CORPUS_COLUMN = "{path} 里没有需要的列（{usual} 之一）；现有的列是：{columns}。请改列名后再试。"
CORPUS_NO_LABEL = "没有填类别"
CORPUS_NO_TEXT = "没有文字"
CORPUS_ROW = "{place}：{problem}{more}。请改正后再试，用 tipclass corpus check 可以列出全部问题。"
AND_MORE = "（另有 {count} 处）"
CORPUS_TOO_SMALL = "语料太少，分不出留出检验的部分。请补充语料，或用 --no-folds 只训练不检验。"
CHECK_SAME_TEXT = "与 {other} 的文字完全相同"
CHECK_CONTRADICTION = "与 {other} 的文字相同而类别不同"
CHECK_SAME_ID = "编号 {id} 与 {other} 重复"
CHECK_NEAR_REPEATS = "近似重复的文本占 {share:.1%}，上限是 {limit:.1%}"
CHECK_SMALL_CATEGORY = "类别 {name} 只有 {count} 条，少于 {least} 条，不够留出检验"
CHECK_SET_ASIDE_ALONE = "“{name}”不能与其他类别同时出现"
CHECK_BORDER = "与检验语料 {other} 的文字近似重复，检验结果会偏高"
CHECK_PERSONAL = "第 {start} 字起有没有遮盖的{kind}"
CHECK_LENGTHS = "从这一条起的 {count} 条{register}，长度中位数 {median} 字，别处 {others} 字，相差 {limit} 倍以上"
CHECK_REGISTER = "文体“{register}”别的文件里没有，这里也只有 {count} 条，可能写错了"
CHECK_QUOTA = "{what}：有 {count}，要求至少 {least}"
CHECK_GOOD = "检查完毕：{count} 条，没有发现问题。"
CHECK_BAD = "检查完毕：{count} 条可用，{findings} 处问题。"
LEARN_NOT_OURS = "没有“{main}”和“{model}”两列，不是本程序的结果表。请给出复核过的 <文件名>_分类.xlsx。"
LEARN_NO_MAIN = "填了“{further}”，没有填“{main}”。请把主类别也填上。"
LEARN_NO_ID = "“{id}”或“{model}”是空的，不是本程序写出的行。请在原结果表里复核，不要另加行。"
LEARN_OTHER_LABELS = "与 {other} 文字相同，那里的类别是“{names}”。请核对，改正或删去其中一处。"
LEARN_CANNOT_CHANGE = "改不了 {path} 里的类别：它不是 UTF-8 编码、逗号分隔、第一行是列名的表。请另存后再试。"
LEARN_SUMMARY = "新增 {taken} 条，改正 {changed} 条，语料里已有 {known} 条，没有填 {blank} 条，没有收 {refused} 条"
LEARN_WRITTEN = "已写入 {path}。请运行 tipclass corpus check {folder}，再用 tipclass train 重新训练。"
LEARN_CHANGED = "已改正：{places}"
LEARN_REFUSED = "没有收的行："
LEARN_WARNINGS = "语料里有同样的文字、不同的类别："
SUSPECT = (
    "没有见过这一条的模型判为“{name}”（把握 {certainty:.0%}），认为标注“{label}”正确的可能是 {quality:.1%}，请核对"
)
SUSPECTS_WRITTEN = "最可疑的 {count} 条已写入 {path}。请填“复核类别”（标注对的不用填），再运行 tipclass corpus learn。"
NOT_A_WORKBOOK = "复核表是 xlsx 文件，{path} 不是。请换一个以 .xlsx 结尾的文件名。"
QUEUE_NONE = "{tips} 条线索里没有一条可选：看不出类别，或与语料重复。请换一批线索。"
QUEUE_UNREADABLE = "有 {count} 条看不出类别（没有文字、不像中文等），没有选。"
QUEUE_WRITTEN = (
    "从 {tips} 条里选出 {count} 条（同一类别最多 {most} 条），已写入 {path}。请逐条填“复核类别”（系统判对的也填），"
    "再运行 tipclass corpus learn。"
)
STATS_TITLE = "语料概况"
STATS_LENGTHS = (
    "长度（字）：不足 60 占 {short}%，60 至 299 占 {middle}%，300 及以上占 {long}%，"
    "800 及以上 {very_long} 条，中位数 {median}"
)
STATS_SEVERAL = "多类别的文本占举报和诉求的 {share}%"
STATS_ALL = "合计"
STATS_MAIN = "主类别"
STATS_FURTHER = "其他类别"
STATS_REGISTER = "文体"
STATS_TRAIT = "特征"
STATS_SOURCE = "作者"
STATS_COUNT = "条数"
STATS_MEDIAN = "长度中位数"
STATS_KINDS = "涉及类别"
QUOTAS_INVALID = "数量要求 {path} 不是有效的 TOML：{cause}。请改正后再试。"
STATS_NEAR = "近似重复占 {share:.1%}"

CASES_TITLE = "行为用例：通过 / 总数"
CASES_COLUMNS = "{path} 不是行为用例表，应有这些列：{usual}。"
CASES_ROW = "{place}：{problem}。请改正后再试。"
CASES_CHECK = "没有“{check}”这种检查，可用：{checks}"
CASES_OTHER = "用例 {id} 要对照的用例“{other}”不存在。请改正 other 列。"
CASES_GAINED = "比上次多通过 {count} 条：{ids}"
CASES_LOST = "上次通过、这次没通过 {count} 条：{ids}"
CASES_BROKEN = "STRONG 用例 {id} 没通过，判成“{given}”：{text}"
CASES_GATE = "有 {count} 条 STRONG 用例没有通过。"

# --- models --------------------------------------------------------------------------------------
MODELS_NOT_FOUND = "找不到模型（找过：{places}）。请用 --models 指定放模型的文件夹，或重新安装 tipclass。"
MODEL_NONE_IN_USE = (
    "{folder} 里的 CURRENT 文件缺失或内容不对，不知道用哪个模型；现有：{ids}。"
    "请运行 tipclass models promote 编号，或加 --model。"
)
MODEL_UNKNOWN = "{folder} 里没有模型 {name}；现有：{ids}。请改用其中一个编号。"
MODEL_MISSING = "{path} 里没有模型。请检查路径，或用 tipclass models list 查看现有模型。"
MODEL_DAMAGED = "模型 {path} 已损坏：{name} 缺失、不完整或被改动过。请换用另一个模型，或从安装包恢复这个文件夹。"
MODEL_NEWER = "模型 {path} 的格式是 {format}，本程序只认识到 {known}。请升级 tipclass。"
MODEL_OLDER = "模型 {path} 的格式是 {format}，本程序要 {known}。请用 tipclass train 重新训练。"
MODEL_INCOMPATIBLE = "模型 {path} 的内容对不上（{cause}）。请重新训练，或换用另一个模型。"
MODEL_IN_THE_WAY = "{path} 已经存在，而且不是同一个模型，没有覆盖。请换一个输出文件夹，或先把它移走。"
MODEL_WITHOUT_FIGURES = "模型 {id} 训练时没有做留出检验，没有可显示的结果。"
VERIFY_GOOD = "模型 {id} 完好：文件校验通过，{count} 条探针文本得分不变。"
VERIFY_BAD = "模型 {id} 的 {count} 条探针文本得分与训练时不同。请重新训练或重新安装。"

# --- comparison and promotion --------------------------------------------------------------------
COMPARE_TITLE = "{before} → {after}：同样的 {count} 条文本（{on}）"
COMPARE_BEFORE = "比较的模型"
COMPARE_AFTER = "新模型"
COMPARE_GAIN = "相差"
COMPARE_VERDICT = "是否显著"
COMPARE_BETTER = "显著变好"
COMPARE_WORSE = "显著变差"
COMPARE_LEVEL = "不显著"
COMPARE_P = "{verdict}（p {p}）"
COMPARE_CATEGORIES = "各类别的变化（只算一方判对的条数；p 为配对的 McNemar 精确检验，按 Holm 法校正）"
COMPARE_FROM_TO = "{name}变化"
COMPARE_F1_GAIN = "F1 相差"
COMPARE_WON = "只新对"
COMPARE_LOST = "只旧对"
COMPARE_FLIPS = "主类别有变化的文本：{count} 条"
COMPARE_FLIPPED = "其中的 {count} 条（由对变错的在前，新模型越有把握越靠前）"
TURNS = {"lost": "由对变错", "won": "由错变对", "astray": "前后都错"}
COMPARE_CASES = "行为用例（{count} 条）"
COMPARE_CASES_BROKEN = "没通过的 STRONG 用例"
COMPARE_CASES_LOST = "原来通过、现在没通过"
COMPARE_CASES_GAINED = "原来没通过、现在通过"
COMPARE_NO_FOLDS = (
    "没有比较各类别：模型 {ids} 没有留存留出检验的逐条结果（folds.csv）。"
    "请用 tipclass models compare --on 给出两个模型都没学过的标注文件，或重新训练。"
)
COMPARE_NONE_SHARED = (
    "没有比较各类别：两个模型的留出检验没有相同的文本。"
    "请用 tipclass models compare --on 给出两个模型都没学过的标注文件。"
)
COMPARE_SEEN = "{path} 里有 {count} 条是模型训练时学过的，没有计入。"
COMPARE_ALL_SEEN = "{path} 里的文本都是模型训练时学过的，不能用来比较。请换一个两个模型都没学过的标注文件。"
COMPARE_FEW = "只有 {count} 条文本可比，较小的变化看不出来。"
COMPARE_RELABELLED = "有 {count} 条文本的标注改过，一律按新标注比较。"
COMPARE_NO_CASES = "没有检查行为用例：找不到 cases.csv。请用 --cases 指定。"
COMPARE_OTHER_CASES = "没有检查行为用例：自带的用例与这个模型的类别表不符。需要时请用 --cases 指定自己的用例。"
COMPARE_OTHER_TAXONOMY = "两个模型没有相同的类别。"
COMPARE_SKIPPED = "没有与在用模型比较：{cause}"
COMPARE_PAGE = "{title}：{before} → {after}"
COMPARE_SUBTITLE = (
    "两个模型在同样文本上的对比，这些文本两个模型都没有学过。"
    "“显著”指两个一样好的模型碰巧差这么多的可能不到 5%；不显著不等于没有变化。"
)
COMPARE_WAY = "{pair.before:.3f} → {pair.after:.3f}"
COMPARE_POINTS = "同样的 {count} 条文本上，变化的百分点。"
COMPARE_KINDS = "{count} 类"
COMPARE_NONE_WORSE = "没有类别显著变差。"
COMPARE_OF_CASES = "共检查 {cases.count} 条行为用例。"
PROMOTE_PROBES = "{count} 条探针文本得分与训练时不同"
PROMOTE_STRONG = "{count} 条 STRONG 用例没有通过（{ids}）"
PROMOTE_LOSES = (
    "“{name}”显著变差：F1 {pair.before:.3f} → {pair.after:.3f}，"
    "只有新模型判对的 {tally.won} 条，只有旧模型判对的 {tally.lost} 条，p = {tally.p:.4f}"
)
PROMOTE_LOSES_ALL = (
    "主类别正确的比例显著变差：{pair.before:.3f} → {pair.after:.3f}，"
    "只有新模型判对的 {tally.won} 条，只有旧模型判对的 {tally.lost} 条，p = {tally.p:.4f}"
)
PROMOTE_NOT_COMPARED = "与在用模型 {id} 没有可比的文本，不能确定没有变差（可用 --on 给出两个模型都没学过的标注文件）"
PROMOTE_AGAINST = "不宜启用：{cause}"
PROMOTE_REFUSED = (
    "没有启用 {id}：有 {count} 处不合要求，见上。请改进后再试；"
    "确要启用，请加 --force 并用 --reason 写明理由（受理台里是勾选并写明理由），理由会记进 history.jsonl。"
)
PROMOTE_FORCE_REASON = "--force 要同时用 --reason 写明理由。"
PROMOTE_ALREADY = "{id} 本来就是在用模型，没有改动。"
PROMOTE_DONE = "在用模型已由 {before} 换成 {to}。要换回，请运行 tipclass models rollback。"
PROMOTE_FIRST = "在用模型现在是 {to}。"
PROMOTE_OVERTAKEN = "没有启用 {to}：在用模型刚才换成了 {now}，不再是比较过的 {before}。请重新运行，与 {now} 比较。"
PROMOTE_LOCKED = "另一个程序正在更换在用模型（{path}）。请稍后再试；如果一直这样，请删除这个文件。"
ROLLBACK_DONE = "在用模型已由 {before} 换回 {to}。"
ROLLBACK_NONE = "{folder} 的 history.jsonl 里没有更早的在用模型，无从换回。请用 tipclass models promote 启用一个模型。"
HISTORY_INVALID = "{path} 第 {row} 行不是有效的记录。请改正或删去这一行后再试。"

# --- reasons -------------------------------------------------------------------------------------
REASONS = {
    "certain": "{words}与“{name}”的样本最接近（把握 {certainty:.0%}），可直接分派",
    "set_aside": "通篇没有可查的线索（把握 {certainty:.0%}），存档不派单",
    "unsure": "{words}最像“{name}”（把握 {certainty:.0%}），不足以直接分派{rival}，请人工判断",
    "never": "{words}最像“{name}”（把握 {certainty:.0%}）；这一类检验时没有达到要求的正确率，一律人工复核",
    "lead": "整篇不像举报{lead}，请人工判断",
    "general": "{words}像“{name}”，但通篇没有写明具体的时间、地点、对象，可能是宣传、科普一类材料，请人工判断",
    "unlike": "与模型学过的文字差别太大（认识的词只有 {known} 个），请人工判断",
    "few_known": "模型认识的词只有 {known} 个，请人工判断",
    "empty": "没有文字，请人工核对原件",
    "numbers": "只有号码、网址或符号，没有说明事情，请人工核对",
    "foreign": "不像中文，模型只认识中文，请人工判断",
    "noise": "不成句，像是误按的键或测试文字，请人工核对",
}
QUOTED = "“{word}”"
REASON_WORDS = "提到{terms}，"
REASON_RIVAL = "；与“{name}”也接近"
REASON_LEAD = "，但{place}像是“{name}”的线索"
REASON_FURTHER = "；同时涉及{names}"
REASON_PLACE = "（{place}）"
PLACE_ITEM = "“{item}”项"
PLACE_CHARACTER = "第 {start} 字起"
ROUTES = {"accept": "直接分派", "review": "人工复核", "set_aside": "存档"}

# --- results -------------------------------------------------------------------------------------
COLUMN_NUMBER = "编号"
COLUMN_SOURCE = "来源文件"
COLUMN_ROW = "行号"
COLUMN_CATEGORY = "类别"
COLUMN_CERTAINTY = "把握"
COLUMN_SCORE = "得分"
COLUMN_ROUTE = "处理"
COLUMN_REASON = "理由"
COLUMN_EVIDENCE = "依据词"
COLUMN_SECOND = "次选类别"
COLUMN_FURTHER = "其他事项"
COLUMN_CORRECTION = "复核类别"
COLUMN_FURTHER_CORRECTION = "复核其他类别"
COLUMN_ID = "线索标识"
COLUMN_MODEL = "模型标识"
COLUMN_LABELS = "全部类别及得分"
COLUMN_CANDIDATES = "候选类别及得分"
COLUMN_EVIDENCE_WEIGHTS = "依据词及权重"
COLUMN_MATTERS = "文中各项"
COLUMN_NEAREST = "相近样本"
COLUMN_GRADE = "等级"
COLUMN_LEAD = "主办部门"
COLUMN_ASSIST = "协办部门"
COLUMN_MISSING = "缺失要素"
COLUMN_REPEATS = "重复组"
REPEATS = "{first}（{size} 件）"
COLUMN_HINTS = "移送提示"
COLUMN_NATURE = "诉求性质"
COLUMN_SIGNATURE = "署名"
COLUMN_GRADE_REASON = "定级理由"
COLUMN_ELEMENTS = "要素"
COLUMN_BASIS = "依据"
COLUMN_CRIMINAL = "刑法条文"
COLUMN_ROUTING = "派单说明"
UNROUTED = (
    "派单表里没有 {count} 个类别，它们没有主办部门：{names}。"
    "要派单，请在自己的 routing.toml 里给它们的代码加上 [[department]]。"
)
UNANSWERED = "“{name}”由当地政府确定部门，本地设置未填"
ELEMENT_LINE = "{kind}：{found}"
COLUMN_GROUP_SIZE = "组内件数"
COLUMN_ADDS = "新增内容"
COLUMN_SERIES = "串并"
ADDS = "“{text}”"
SERIES = "{kind}“{wording}”：{ids}"
MORE_IDS = "等 {count} 件"
TIES = {
    "subject": "被举报主体",
    "plate": "车牌",
    "ship": "船名",
    "phone": "电话",
    "account": "账号",
    "place": "地点",
    "method": "手法",
}
SHEET_REPEATS = "重复件"
SHEET_SERIES = "串并"
COLUMN_TIE = "关联类型"
COLUMN_WORDING = "关联内容"
COLUMN_SERIES_SIZE = "件数"
COLUMN_IDS = "编号"
COLUMN_AREAS = "涉及地区"
COLUMN_FIRST_DAY = "最早日期"
COLUMN_LAST_DAY = "最晚日期"
COLUMN_ITEM = "项号"
COLUMN_SPAN = "起止字"
COLUMN_PART = "本项文字"
MATTER = "{place}：{name} {certainty:.0%}"
NEAR = "{id}（{names}，相近 {likeness:.0%}）：{text}"
SPAN = "{start}-{end}"
OURS = "{name}(系统)"
OURS_AGAIN = "{name}(系统{number})"
SHEET_RESULT = "分类结果"
SHEET_DETAIL = "详情"
SHEET_NAMES = "类别表"
CORRECTION_TITLE = "复核类别"
CORRECTION_HINT = "系统分错时，在这里选正确的类别；分对了不用填。"
CORRECTION_ERROR = "请从下拉列表里选一个类别。"
FURTHER_CORRECTION_HINT = "还涉及别的类别时，先填复核类别，再在这里写类别名称，几个之间用；隔开。"
CELL_CUT = "……（单元格放不下，以下省略，全文见原文件）"
CELLS_CUT = "有 {count} 个单元格超过 32767 字，表格里放不下，已在末尾注明省略；需要全文请用 --format csv 或 jsonl。"
OUTPUT_IS_INPUT = "输出文件 {path} 就是输入文件。请换一个输出文件名，原件不会被覆盖。"
OUTPUT_DENIED = "写不了 {path}：文件可能正在 Excel 或 WPS 里打开（请先关闭），或者没有写入权限。"
OUTPUT_FAILED = "写不了 {path}：{cause}。请检查磁盘空间和路径。"
OUTPUT_IN_INPUT = "输出文件 {path} 已经存在，而且在输入文件夹里，可能是原件，没有覆盖。请换一个输出文件名或位置。"
OUTPUT_NOT_A_FILE = "{path} 不是普通文件，不能写入。请换一个输出文件名。"
OUTPUT_NO_FOLDER = "输出文件夹 {path} 不存在。请先建好，或换一个位置。"
INPUT_CHANGED = "{name}：读取过程中文件被改动了。请等它保存好，再运行一次。"
OUTPUT_FOLDER_THERE = "{path} 已经存在，没有覆盖。--parts 要写成新文件夹，请换一个名字。"
OUTPUT_CLAIMED = "另一次运行正在写 {path}。请等它结束，或换一个输出文件名。"
OUTPUT_TOO_MANY_ROWS = "结果有 {count} 行，一张表格最多放 {limit} 行。请用 --format csv，或分批处理。"

# --- command line: what commands say -------------------------------------------------------------
PROCESS_LOST = "有一个工作进程被系统终止了，多半是内存不够。请关掉别的程序，或把 --jobs 改小，再运行一次。"
CLUSTER_MISSING = '--engine dask 需要另外安装：pip install "tipclass[cluster]"。不装也可以用 --jobs 在本机多进程运行。'
CLUSTER_LOST = "与集群的调度器连不上，或中途断开了。请检查 --scheduler 的地址、网络和调度器，再运行一次。"
CLUSTER_EMPTY = "集群里没有可用的工作进程。请先启动 dask worker，再运行一次。"
CLUSTER_VERSION = "集群里有机器没有装 tipclass {version}，或者版本不同。请在每台机器上装同一版本，再运行一次。"
PARTITION_NO_TEXT = "表里没有“{name}”这一列。请用 text_column 指定正文所在的列。"
PARTITION_TAKEN = "表里已经有 {names} 列，与要添加的列重名。请先改名。"
PARTS_ONLY = "--parts 只能用于 csv 和 jsonl，用 -o 指定新文件夹，加 --format；不能与 --resume 一起用。"
SCHEDULER_ALONE = "--scheduler 要与 --engine dask 一起用。"
UNEXPECTED = "程序内部出错（{cause}）。请把这句话和用的命令告诉维护人员；没有写出不完整的结果。"
USAGE = {
    "NoSuchOption": "没有 {name} 这个选项。请用 --help 查看可用的选项。",
    "MissingParameter": "缺少参数 {name}。请用 --help 查看用法。",
    "BadParameter": "参数 {name} 的值不对。请用 --help 查看用法。",
    "BadOptionUsage": "选项 {name} 用得不对。请用 --help 查看用法。",
}
NO_SUCH_COMMAND = "没有 {name} 这个命令。可用的命令：{names}。"
USAGE_OTHER = "命令写得不对，可能多写了参数；正文或路径里有空格时请加引号。请用 tipclass --help 查看用法。"
RESUME_DIFFERS = "不能接着上次做：{names} 与上次不同。请改成与上次一样（没有写 --date 时是当天），或去掉 --resume。"
RESUME_FACTS = {
    "input": "输入内容",
    "model": "模型",
    "office": "部门、分级等规则表或本地设置",
    "version": "程序版本",
}
RESUME_ONLY = "--resume 只能用于写成文件的 csv 和 jsonl。请用 -o 指定这样的输出文件。"
RESUMED = "接着上次做：已完成的 {count} 条没有重做。"
RESUMABLE = "已完成的部分保存在输出文件旁边；原样再运行一次并加上 --resume，就接着做。"
INTERRUPTED = "已中断，没有写出不完整的结果。"
PREDICT_NEEDS_OUTPUT = "有多个输入时，请用 -o 指定输出文件，例如 -o 结果.xlsx。"
PREDICT_STDIN_NEEDS_OUTPUT = "从标准输入读取时，请用 -o 指定输出文件，或用 --json 输出到屏幕。"
PREDICT_STDIN_ALONE = "标准输入不能与文件一起处理。请分两次运行。"
PREDICT_SUFFIX = "看不出 {path} 要写成什么格式。请用 .xlsx、.csv、.jsonl 结尾，或加 --format。"
PREDICT_XLSX_STDOUT = "xlsx 不能输出到屏幕。请用 -o 指定文件，或改用 --format jsonl。"
TEXT_EMPTY = "没有文字。请在命令后面写上要说明的文字，或用 - 从标准输入读取。"
PROGRESS_SCORING = "分类"
LINK_SUMMARY = "共 {count} 条：重复件 {groups} 组（{repeated} 条），串并 {series} 个"
LINK_EARLIER = "与以前的 {count} 条一并比对"
PROGRESS_FOLDS = "留出检验"
FIELDS_IN_A_WORKBOOK = "--fields 用于 csv 和 JSON Lines；工作簿总是完整的。请用 -o 结果.csv 或 --format jsonl。"
FIELDS_UNKNOWN = "--fields 里有认不得的项。可用的有：{names}。"
PROGRESS_SEARCH = "搜索参数"
PROGRESS_ABLATION = "逐项去除"
SUMMARY_TITLE = "分类汇总"
SUMMARY_ROWS = "共 {count} 条：{routes}"
SUMMARY_CATEGORY = "类别"
SUMMARY_UNREADABLE = "（看不出类别）"
SUMMARY_COUNT = "条数"
SUMMARY_OTHERS = "其余 {count} 类"
SUMMARY_REVIEW = "其中待复核"
SUMMARY_UNREAD = "未读取 {count} 处："
SUMMARY_WRITTEN = "已写入 {path}"
NOTE = "提示：{note}"
TRAIN_READ = "读入 {tips} 条语料，{categories} 个类别"
TRAIN_FOLDS = "留出检验：每轮留出整类文体，共 {count} 轮，然后用全部语料训练"
TRAIN_FOLDS_DEALT = "留出检验：每轮留出一部分文本（内容相近的一起留出），共 {count} 轮，然后用全部语料训练"
LEFT_OUT_TAXONOMY = (
    "类别取自语料里的标签：没有说明和别名，也不知道哪一类该存档，所以一条也不会存档；要这些请写 taxonomy.toml"
)
LEFT_OUT_LEXICON = "没有词表（类别表旁边的 lexicon 文件夹），只用通用词典和语料里的词"
LEFT_OUT_REGISTERS = "语料没有文体（register）一列，检验时训练和检验的文本出自同样的手笔，数字会比实际使用时好看"
LEFT_OUT_ROWS = "有 {count} 行没有用，因为没有文字或没有类别：{places}"
LEFT_OUT_COLUMNS = "没有用到的列：{columns}"
LEFT_OUT_UNREADABLE = "有 {count} 条文本（{share:.0%}）不像中文或不成句，程序只认中文，这样的线索一律人工复核"
LEFT_OUT_UNTESTED = "有 {count} 个类别文本太少，没有检验，判成它们的一律人工复核：{names}"
TRAIN_SAVED = "模型 {id} 已写入 {path}（{size:.1f} MB，用时 {seconds:.0f} 秒）"
TRAIN_UNCHANGED = "{path} 里已经是同一个模型 {id}，没有改动"
TRAIN_CURRENT = "已设为在用模型"
TRAIN_NOT_CURRENT = "在用模型没有变。要启用新模型，请运行 tipclass models promote {name}{models}"
TRAIN_ELSEWHERE = "在用模型没有变。要用新模型，请加 --models {folder}"
TRAIN_SEARCH = "搜索参数：依次试 {count} 组，每组都做留出检验"
TRAIN_TRIED = "  {settings}：宏平均 F1 {macro_f1:.4f}"
TRAIN_CHOSEN = "选用 {settings}"
TRAIN_SEARCH_NEEDS_FOLDS = "--search 要靠留出检验来选，不能与 --no-folds 同用。"
TRAIN_ABLATION = "逐项去除：去掉模型的一部分再做留出检验，共 {count} 组，写入模型说明"
TRAIN_ABLATION_NEEDS_FOLDS = "--ablation 要靠留出检验来量，不能与 --no-folds 同用。"
TRAIN_NO_FOLDS = "没有做留出检验：把握未经校准，全部线索都会进入人工复核"
TRAIN_TARGET = "--target-precision 的“{word}”看不懂。请写 0.5 到 1 之间的数，或 类别=数，例如 fake_drugs=0.98。"
TRAIN_SAME_CORPUS = "这就是训练该模型的语料，下面的数字偏高；留出检验的数字见 tipclass models show。"
TRAIN_ACCEPTED = "按留出检验，{coverage:.1%} 的线索不经人工，其中 {selective:.1%} 主类别正确（要求 {target:.1%}）"
FIGURE_ACCURACY = "主类别正确"
FIGURE_MACRO_F1 = "主类别宏平均 F1"
FIGURE_TOP2 = "正确类别在前二"
FIGURE_TOP3 = "正确类别在前三"
FIGURE_COVERAGE = "不经人工的比例"
FIGURE_SELECTIVE = "其中主类别正确"
FIGURE_CALIBRATION = "把握的校准误差"
FIGURE_LOST = "误存档的线索"
FIGURE_SUPPORT = "条数"
FIGURE_PRECISION = "精确率"
FIGURE_RECALL = "召回率"
FIGURE_F1 = "F1"
FIGURES_TITLE = "评估结果（{count} 条）"
FIGURES_CATEGORIES = "各类别"
FIGURES_LABELS = "给出的全部类别"
FIGURES_REGISTERS = "各文体"
FIGURES_LENGTHS = "各种长度（字数）"
FIGURES_CONFUSIONS = "最常见的混淆"
FIGURE_ALL_TEXTS = "全部文本"
FIGURE_SEVERAL_TEXTS = "标有多个类别的文本"
FIGURE_MICRO_F1 = "微平均 F1"
FIGURE_LABEL_MACRO_F1 = "宏平均 F1"
FIGURE_EXACT_MATCH = "完全一致"
FIGURE_LABELS_PER_TIP = "每条给出的类别数"
FIGURE_LENGTH = "字数"
FIGURE_LABEL = "标注"
FIGURE_TAKEN_FOR = "判成"
FIGURE_COUNT = "条数"
FIGURE_PART = "占这一标注"
NO_FIGURE = "—"
# The registers of corpora/tips; any other is shown as it is written.
REGISTERS = {
    "message": "信箱留言",
    "letter": "来信信访",
    "hotline": "热线工单",
    "note": "匿名短条",
    "chat": "群聊语音",
    "insider": "内部反映",
    "platform": "平台投诉",
    "police": "案情摘要",
    "court": "裁判文书",
    "referral": "移送函",
    "inspection": "督察清单",
    "speech": "讲话",
    "notice": "通知公告",
    "news": "新闻",
    "summary": "工作总结",
    "statute": "法条",
    "reply": "办理答复",
    "advert": "广告",
    "residue": "网页残留",
}
GATE_MACRO_F1 = "宏平均 F1 是 {value:.3f}，低于要求的 {least:.3f}。"
EXPLAIN_MAIN = "类别：{name}（把握 {certainty:.0%}），处理：{route}"
EXPLAIN_ROUTE = "处理：{route}。{reason}"
EXPLAIN_REASON = "理由：{reason}"
EXPLAIN_CANDIDATES = "候选类别"
EXPLAIN_FOR = "支持“{name}”而非“{other}”的词"
EXPLAIN_AGAINST = "支持“{other}”而非“{name}”的词"
EXPLAIN_NOTE = "{name}：{told}"
EXPLAIN_KIND = "要素"
EXPLAIN_VALUE = "数值"
CHECK_DIGITS = {"valid": "校验无误", "invalid": "校验不符，请核对"}
EXPLAIN_TEXT = "原文（标色的是依据词：粗体支持“{name}”，下划线支持“{other}”）"
EXPLAIN_MATTERS = "文中各项"
EXPLAIN_PLACE = "位置"
EXPLAIN_BEGIN = "开头"
EXPLAIN_NEAREST = "相近样本"
EXPLAIN_ID = "编号"
EXPLAIN_LIKENESS = "相近"
EXPLAIN_WEIGHT = "权重"
EXPLAIN_WORD = "词"
MODELS_ID = "编号"
MODELS_IN_USE = "在用"
MODELS_TIPS = "语料条数"
MODELS_SIZE = "大小"
YES = "是"
FIELD_PLACE = "出处"
FIELD_TEXT = "内容"
PAGE_WRITTEN = "评估页面已写入 {path}"

SETTINGS_PLACES = "数据的位置"
SETTINGS_WHAT = "内容"
SETTINGS_PATH = "位置"
SETTINGS_FILES = {
    "models": "模型",
    "routing.toml": "派单表",
    "nature.toml": "诉求性质用语",
    "grade.toml": "分级表",
    "deadlines.toml": "期限表",
    "privacy.toml": "遮盖用语",
    "methods.toml": "手法表",
    "settings.toml": "本地设置",
}
SETTINGS_NOT_THERE = "{path}（还没有）"
SETTINGS_OPEN = "还没有填的本地设置"
SETTINGS_KEY = "名称"
SETTINGS_QUESTION = "问题"
SETTINGS_ALL_ANSWERED = "本地设置都已填写。"
SETTINGS_HOW = "请运行 tipclass settings --write，再用记事本填写 {path}。"
SETTINGS_WRITTEN = "待填的事项已写进 {path}，请用记事本填写。"
REFERRAL_PAPERS = "五种材料"
REFERRAL_PAPER = "材料"
REFERRAL_PRESENT = "有无"
REFERRAL_FIELDS = "移送函“{name}”的要素"
REFERRAL_FIELD = "要素"
REFERRAL_FOUND = "文中写法"
REFERRAL_NO_LETTER = "没有找到移送函：没有一个文件里有移送机关、接收机关等要素的半数以上。"
THERE, MISSING = "有", "缺"

# --- command line: help --------------------------------------------------------------------------
HELP_APP = "举报线索与移送材料自动分类：批量分类、说明理由、用标注语料训练和检验。"
HELP_PAGE = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认 {}]",
    "REQUIRED_LONG_STRING": "[必填]",
}
HELP_HEADINGS = {"Options": "选项", "Commands": "命令"}
HELP_USAGE = "用法："
HELP_HELP = "显示这份说明。"
HELP_VERSION = "显示版本号。"
HELP_PREDICT = "给线索分类：表格（xlsx、csv、jsonl 等）一行一条，文档（txt、docx、pdf）一个文件一条，- 表示标准输入。"
HELP_LINK = (
    "找出重复件（说的是同一件事，换了说法、缩写、有错字也算）和串并（不同的事由同一主体、车牌、电话、地点连在一起）。"
)
HELP_LINK_OUTPUT = "输出文件（xlsx、csv、jsonl）；- 表示屏幕（JSON Lines）。默认写在输入文件旁边：<文件名>_串并.xlsx。"
HELP_LEDGER_EARLIER = "以前的线索（台账，或以前处理过的表格）：新来的与它们一并比对，结果只列新来的。"
HELP_FIELDS = "只要这几项，用逗号隔开，如 category,score；不要的不算，快得多。"
HELP_NO_GROUPS = "不找重复件和串并。"
HELP_EXPLAIN = "说明一条文字为什么这样分类；- 表示标准输入。"
HELP_TRAIN = "用标注语料训练新模型，并报告留出检验的结果。"
HELP_EVALUATE = "用标注语料检验模型。"
HELP_CORPUS = "语料：检查、概况。"
HELP_CORPUS_CHECK = "检查语料：未知类别、空行、重复、矛盾、太小的类别、没有遮盖的号码、与众不同的文件。"
HELP_CORPUS_LEARN = "把复核过的结果表里填了的类别收进语料；号码先遮盖，重复运行不会重复收。"
HELP_REVIEWED = "复核过的结果表（xlsx、csv）。"
HELP_LEARN_OUTPUT = "放语料的文件夹；新收的写成 <日期>-<序号>.csv。"
HELP_CORPUS_SUSPECTS = "找出类别可能标错的语料，写成复核表；填好后用 corpus learn 改正。"
HELP_SUSPECTS_OUTPUT = "复核表（xlsx）。"
HELP_SUSPECTS_MOST = "最多列出几条，最可疑的在前。"
HELP_CORPUS_NEXT = "从没有标注的线索里选出最值得标注的，写成复核表；填好后用 corpus learn 收进语料。"
HELP_NEXT_OUTPUT = "复核表（xlsx）。"
HELP_NEXT_COUNT = "选几条。同一类别最多占五分之一。"
HELP_CORPUS_STATS = "语料概况：各类别条数、文体、长度、特征。"
HELP_MODELS = "模型：列出、查看、校验、比较、启用、换回。"
HELP_MODELS_LIST = "列出模型。"
HELP_MODELS_SHOW = "显示模型的说明卡。"
HELP_MODELS_VERIFY = "校验模型：文件完整、探针文本得分不变。"
HELP_MODELS_COMPARE = "比较两个模型：同样文本上各类别的变化和行为用例；只写一个编号时，与在用模型比较。"
HELP_MODELS_PROMOTE = "启用一个模型：先与在用模型比较，没通过 STRONG 用例或有类别显著变差的，以退出码 6 拒绝。"
HELP_MODELS_ROLLBACK = "换回上一个在用模型。"
HELP_COMPARE_FIRST = "模型编号或模型文件夹。"
HELP_COMPARE_SECOND = "另一个模型，作为新模型；不写时，前一个是新模型，与在用模型比较。"
HELP_PROMOTE_NAME = "要启用的模型编号。"
HELP_ON = "两个模型都没学过的标注文件。默认用两个模型训练时的留出检验。"
HELP_CASES_FILE = "行为用例表。默认用自带的 cases.csv。"
HELP_COMPARE_HTML = "写成网页。"
HELP_FORCE = "不合要求也启用；要同时写 --reason。"
HELP_REASON = "理由，记进 history.jsonl。"
HELP_INPUTS = "文件或文件夹；- 表示标准输入。"
HELP_RESUME = "接着上次中断的运行做（csv、jsonl）；输入、模型和选项要与上次相同。"
HELP_OUTPUT = "输出文件；- 表示屏幕（JSON Lines）。默认写在输入文件旁边：<文件名>_分类.xlsx。"
HELP_TEXT_COLUMN = "文字所在的列名。默认按常见列名查找。"
HELP_ID_COLUMN = "编号所在的列名。"
HELP_SHEET = "工作表的名称或序号。默认读取全部工作表。"
HELP_ENCODING = "文本文件的编码，例如 gb18030。默认自动判断。"
HELP_MODELS_DIR = "放模型的文件夹（里面有 CURRENT）。"
HELP_MODEL = "模型编号。默认用 CURRENT 里的。"
HELP_TOP = "列出几个候选类别。"
HELP_COLUMNS = "brief 只写要点，full 写全部。默认 xlsx 要点加“详情”表，csv 全部。"
HELP_FORMAT = "输出格式：xlsx、csv、jsonl。默认看输出文件的后缀。"
HELP_FORMAT_IN = "标准输入里的格式：txt（整段一条）、csv、jsonl。"
HELP_JSON = "把结果以 JSON Lines 输出到屏幕。"
HELP_QUIET = "不显示进度和汇总。"
HELP_PASSAGES = "一份材料里写了几件事的，一件事一行，注明原文起止字。"
HELP_SETTINGS = "查看数据放在哪里、哪些本地设置还没有填；--write 写出待填的设置文件。"
HELP_WRITE = "把还没有填的事项写进设置文件。"
HELP_REFERRAL = "检查移送材料：五种材料和移送函的要素哪些有、哪些缺。"
HELP_REFERRAL_INPUTS = "移送材料的文件或文件夹。"
HELP_MASK = "遮盖举报人一方的姓名、电话、证件号、住址、账号和岗位，被举报一方的保留；转出之前请加上"
HELP_DATE = (
    "线索的日期，例如 2026-08-20：依据按当时的法律，“昨天”等按这一天推算。默认取表格里的受理时间，没有的取今天。"
)
HELP_ROUTING = "派单表。默认用本单位数据文件夹里的 routing.toml，没有的用自带的。"
HELP_JOBS = "同时用几个进程；0 表示自动。"
HELP_ENGINE = "local 用本机进程；dask 用 dask 集群（要装 tipclass[cluster]）。"
HELP_PARTS = "把结果写成一个新文件夹，里面按顺序分成几个文件（csv、jsonl）。"
HELP_SCHEDULER = (
    "dask 调度器的地址，例如 tls://10.0.0.5:8786；不写就在本机起一个集群，--jobs 个进程。线索原文会传到集群各机器。"
)
HELP_TEXT = "一条线索的文字；- 表示标准输入。"
HELP_CORPUS_SOURCES = "语料文件或文件夹。"
HELP_TRAIN_OUTPUT = "模型文件夹。默认写入放模型的文件夹，以模型编号命名。"
HELP_TAXONOMY = "类别表文件；labels 表示直接用语料里出现的类别。默认用语料旁边的 taxonomy.toml。"
HELP_TARGET = "直接分派要达到的正确率，例如 0.95；某一类别另定时写 fake_drugs=0.98，可多次使用。"
HELP_ABLATION = "再量一量去掉模型的某一部分后留出检验会怎样，写入模型说明；约需五倍时间。"
HELP_SEARCH = "先搜索一小组参数（C、contrast、piece），取留出检验宏平均 F1 最高的；约需六倍时间。"
HELP_GOLD = "新旧模型都没学过的标注文件，用来与在用模型比较。默认用两个模型训练时的留出检验。"
HELP_NO_FOLDS = "只训练，不做留出检验。"
HELP_EVALUATE_JSON = "以 JSON 输出。"
HELP_CASES = "改为运行语料旁边的行为用例 cases.csv；STRONG 用例没通过时以退出码 6 结束。"
HELP_FREEZE = "与 --cases 同用：把这次的结果记为新的基准 cases-frozen.csv。"
HELP_HTML = "写成网页。"
HELP_ERRORS = "把判错的条目写成表格。"
HELP_MIN_MACRO_F1 = "宏平均 F1 低于此值时以退出码 6 结束。"
HELP_SHOW_HTML = "把留出检验的结果写成网页。"
HELP_AGAINST = "检验语料：找出与它完全或近似重复的文字。"
HELP_REPORT = "台账的统计报告，与上期相比并预警；--drift 改为比较一批来件与训练语料。"
HELP_REPORT_INPUTS = (
    "一个台账（xlsx）；加 --drift 时是一批线索，或 predict 写出的结果（xlsx、csv、jsonl），也可以是文件夹。"
)
HELP_DRIFT = "与训练语料相比：类别、不认识的词、把握、人工复核的比例、长度；说明要不要重新训练。"
HELP_FROM = "从哪天起，例如 2026-10-01。起止都不写时，报告上一个有线索的整月。"
HELP_TO = "到哪天止。"
HELP_REPORT_JSON = "以 JSON 输出到屏幕。"
HELP_REPORT_OUTPUT = "写成网页。台账的报告默认写在台账旁边：<台账>_报告.html（用了 --json 时不写）。"
HELP_STRICT = "有问题时以退出码 6 结束，并按 quotas.toml 检查数量。"
HELP_MODEL_NAME = "模型编号。默认在用的模型。"

# --- the page of an evaluation -------------------------------------------------------------------
PAGE_TITLE = "{title} {id}：{measured_on}"
PAGE_FOLDS = "留出检验"
PAGE_SUBTITLE = "评估结果，共 {count} 条文本。方括号里的和图上的细线是 95% 区间：条数有限，真正的数字大致在这个范围里。"
PAGE_TABLES = "全部数字"
PAGE_INTERVAL = "95% 区间 {low}–{high}"
HEADLINE_ACCURACY = "{count} 条里有 {right} 条，判出的主类别与标注一致。"
HEADLINE_COVERAGE = "每 100 条约有 {hundredth} 条直接分派或存档，其余进入人工复核。"
HEADLINE_SELECTIVE = "不经人工 {coverage:.1%} 的线索，其中 {accuracy:.1%} 主类别正确。"
HEADLINE_NONE_SENT_ON = "没有不经人工的线索，全部进入人工复核。"
HEADLINE_MACRO_F1 = "各类别不论条数多少，F1 同等看待取平均；1 是全对。"
HEADLINE_LOST = "有可查的线索却被存档、不派单，占全部的 {share:.2%}。"
HEADLINE_COUNT = "{count} 条"
READING_RELIABILITY = (
    "点在虚线上，把握说多少就有多少正确；点在虚线下方，是把握说得过高，在上方是说得过低。"
    "平均相差 {error:.1%}。最下面的方块是每一段把握的文本占多少。"
)
READING_CURVE = (
    "从最有把握的文本开始，一条条不经人工地放行：越往右放行越多，正确的比例随之变化。"
    "放行不到 {begin:.0%} 时条数太少，不画。"
)
READING_HERE = "菱形是现在的门槛；各类别门槛不同，所以它不一定在线上。"
READING_CATEGORIES = (
    "从最好的类别排到最差的。横线越长，数字越不牢靠，多半是条数少。"
    "精确率低，是别的类别混了进来；召回率低，是这一类的被判到了别处。"
)
READING_CONFUSIONS = (
    "一行是一个标注的全部文本，看它们被判成了什么：斜线上带框的是判对的；"
    "其余格子里的数字是条数，颜色越深，占这一行的比例越大。"
)
READING_WORST = "共 {count} 类，这里只画 F1 最低的 {drawn} 类，其余见下面的表。"
READING_CONFUSED = "共 {count} 类，这里只画互相混淆最多的 {drawn} 类。"
READING_SLICES = (
    "左边是不经人工的比例；右边是正确的比例，空心点算全部文本，菱形只算不经人工的。横线很长的，是条数太少，不宜下结论。"
)
PICTURE_ACCURACY = "主类别正确的比例"
PICTURE_BEGINS = "{title}（轴从 {first:.0%} 起）"
PICTURE_RELIABILITY = "把握可信吗"
PICTURE_ENLARGED = "放大：把握 {least:.0%} 以上"
PICTURE_BIN = "{tips} 条，平均把握 {certainty:.1%}，正确 {accuracy}"
PICTURE_SHARE = "{tips} 条（占 {share:.1%}），平均把握 {certainty:.1%}"
PICTURE_KEY_BIN = "一组条数相等的文本，竖线是 95% 区间"
PICTURE_KEY_DIAGONAL = "把握与正确率相等"
PICTURE_KEY_SHARE = "这一段把握的文本占全部的比例"
PICTURE_CURVE = "放行多少，正确多少"
PICTURE_LEAST_CERTAINTY = "把握不低于"
PICTURE_POINT = "把握 {certainty} 以上：占 {coverage:.1%}，其中 {accuracy:.1%} 正确"
PICTURE_HERE = "现在的门槛：不经人工 {coverage:.1%}，其中 {accuracy:.1%} 正确"
PICTURE_CATEGORIES = "各类别的 F1"
PICTURE_KEY_F1 = "F1 和它的 95% 区间"
PICTURE_CONFUSIONS = "谁被判成了谁"
PICTURE_LABEL = "标注 ↓"
PICTURE_TAKEN_FOR = "判成 →"
PICTURE_CELL = "{label} 判成 {category}：{count} 条"
PICTURE_CELL_RIGHT = "{label} 判对：{count} 条"
PICTURE_CHANGES = "各类别 F1 的变化"
PICTURE_CHANGE = "{name} F1 {f1.before:.3f} → {f1.after:.3f}，只新对 {tally.won} 条，只旧对 {tally.lost} 条"
PICTURE_KEY_SURE = "新模型，变化显著"
READING_CHANGES = (
    "从退步最多的类别排到进步最多的。空心点是比较的模型，另一端是新模型：菱形是显著的变化，圆点可能只是碰巧。"
    "橙红的粗线是显著变差。"
)
PICTURE_SLICES = "各部分的正确率"
PICTURE_KEY_SENT_ON = "其中不经人工的"

# --- the report of a ledger ----------------------------------------------------------------------
LIST, STOP = "、", "。"
REPORT_ONE_LEDGER = "报告一次只做一个台账。请只给出一个台账；要比较来件与训练语料，请加 --drift。"
REPORT_NOT_A_LEDGER = "{path} 不是台账：台账是 tipclass ledger 写出的 xlsx。要比较一批来件与训练语料，请加 --drift。"
REPORT_NOT_HTML = "报告是网页，{path} 不是。请换一个以 .html 结尾的文件名。"
REPORT_PERIOD_IS_NOT_FOR_DRIFT = "--from 和 --to 只用于台账的报告，不能与 --drift 同用。"
REPORT_EMPTY = "台账里还没有线索，无从报告。请先用 tipclass ledger 登记。"
REPORT_BACKWARDS = "起止日期反了：{start} 至 {end}。请核对起止日期（--from、--to）。"
REPORT_FUTURE = "起始日期 {start} 在今天（{today}）之后。请核对起始日期（--from）。"
REPORT_NAME = "{stem}_报告.html"
REPORT_WRITTEN = "报告已写入 {path}"
REPORT_TITLE = "线索统计报告（{start} 至 {end}）"
REPORT_SUBTITLE = "台账自 {start} 至 {end}，共 {rows} 条；统计于 {today}，报告中的内容已遮盖个人信息。"
REPORT_TOTAL = "本期 {days} 天，收到 {count} 条。{told}"
REPORT_ALONE = "没有可比的上期。"
REPORT_NEITHER = "上期也没有。"
REPORT_CHANGE = "上期 {before} 条，{grew}（95% 区间 {interval}）。"
REPORT_SMALL_CHANGE = "上期 {before} 条，{grew}（95% 区间 {interval}；条数少，不宜下结论）。"
REPORT_TIMES = "{times:.1f} 倍"
REPORT_NEW = "本期才有"
REPORT_ENDLESS = "无上限"
REPORT_BEYOND = "{times} 倍以上"
REPORT_INTERVAL = "{low} 至 {high}"
REPORT_COMPARED = "上期指 {start} 至 {end}，天数相同。"
REPORT_COMPARED_PART = "上期指 {start} 至 {end}：台账只有这 {days} 天，变化按每天的条数算。"
REPORT_NO_BEFORE = "台账从 {first} 才开始，没有可比的上期。"
REPORT_SHARE = "{name}：{told}"
REPORT_PART = "{share:.1%}（{count} 条）"
REPORT_PART_BEFORE = "，上期 {before:.1%}，相差 {grew:+.1f} 个百分点（95% 区间 {low:+.1f} 至 {high:+.1f}）。"
REPORT_SENT_ON = "不经人工的比例"
REPORT_REPEATS = "重复件的比例"
REPORT_OVERDUE_NAME = "本期已超期"
REPORT_OVERDUE = "到 {today} 过了到期日还没有办结的：本期收到的有 {count} 条，整个台账有 {all} 条。"
REPORT_RECEIVED_ALL = "本期收到"
REPORT_MOVE = "{name}（{before} → {count}）"
REPORT_MOVES = "比上期变化明显的类别：{moves}。"
REPORT_NO_MOVES = "各类别与上期相比，都在正常波动之内。"
REPORT_MOVES_UNKNOWN = "各类别没有可比的上期。"
REPORT_WARNINGS = "预警"
REPORT_WARNINGS_FOUND = "有 {count} 处明显多于平时（平时指 {start} 至 {end}）。"
REPORT_WARNINGS_NONE = "没有明显多于平时的（平时指 {start} 至 {end}）。"
REPORT_NO_PAST = "台账在本期之前的记录太短（不到本期 {days} 天的一半），不知道平时有多少，没有预警。"
REPORT_WARNINGS_HOW = (
    "同一件事不论反映几次只算一件，算在第一次反映的那天；至少 5 件，并且扣除来件总数的增长，碰巧也会有的不算。"
    "真没有异常的时候，二十次报告里误报的不到一次。"
)
REPORT_WARNING = "  预警：{topic}，{told}线索：{numbers}"
REPORT_SURGE = "本期 {count} 件{repeats}，平时同样天数约 {usual:.1f} 件；碰巧这样多的可能{p}。"
REPORT_AND_REPEATS = "（另有重复 {count} 条）"
REPORT_P = "约 {p:.2%}"
REPORT_UNLIKELY = "不到万分之一"
REPORT_CATEGORY_IN = "{place}的“{category}”"
REPORT_TIED = "{tie}：{wording}"
REPORT_ALSO = "同一批线索还表现为：{names}。"
REPORT_TIPS_MORE = "下面列出最近的 {shown} 条，全部编号：{numbers}。"
REPORT_ASPECTS = {
    "category": "类别",
    "place": "地点",
    "department": "主办部门",
    "grade": "等级",
    "channel": "渠道",
    "status": "状态",
}
REPORT_NOT_GIVEN = "（没有填）"
REPORT_OTHER_PLACES = "其他地点"
REPORT_OTHER_CHANNELS = "其他渠道"
REPORT_NOW, REPORT_BEFORE = "本期", "上期"
REPORT_OF_ALL = "占本期"
REPORT_GREW = "变化"
REPORT_WITHIN = "95% 区间"
REPORT_VERDICT = "判断"
REPORT_UP, REPORT_DOWN = "明显增加", "明显减少"
REPORT_FEW = "条数少"
REPORT_LEVEL = "不明显"
REPORT_BY_DAY = "每天收到多少"
REPORT_BY_CATEGORY = "各类别"
REPORT_BY_PLACE = "各地"
REPORT_OTHERS = "部门、等级、渠道、状态"
REPORT_BAR = "{name}：本期 {count} 条，上期 {before} 条"
REPORT_BAR_ALONE = "{name}：{count} 条"
REPORT_DAY = "{month}月{day}日"
REPORT_SPAN = "{start} 至 {end}"
REPORT_STEPS = {1: "一根柱子是一天。", 7: "一根柱子是一周（七天）。", 28: "一根柱子是四周。"}
REPORT_BARS_MORE = "图中只画前 {shown} 个，其余见表。"
REPORT_READING = (
    "变化按每天的条数算；区间已计入同一件事的多次反映。“明显”指碰巧变化这么多的可能不到 5%（一张表里的各行一并校正）；"
    "“条数少”指两期合起来不到 10 件，不宜下结论。状态随时在变，不与上期比较。"
)
REPORT_REPEATED = "反映最多的事"
REPORT_REPEATED_HOW = "本期里同一件事反映三次以上的，列出其中第一条。"
REPORT_TOLD = "次数"
REPORT_LATE = "超期未办结"
REPORT_LATE_MORE = "列出超期最久的 {shown} 条。"
REPORT_LATE_DAYS = "超期天数"
REPORT_DUE = "到期日"
REPORT_NUMBER = "编号"
REPORT_RECEIVED = "收件日期"
REPORT_LINE = "内容（已遮盖）"
REPORT_NOTHING_TITLE = "本期没有线索"
REPORT_NOTHING = "这段时间没有收到线索。"

# --- drift ---------------------------------------------------------------------------------------
MODEL_WITHOUT_REFERENCE = (
    "模型 {id} 没有对照数据（reference.json）：它由旧版程序训练，或训练时没有做留出检验，或语料里没有可读的中文。"
    "请用 tipclass train 重新训练，再来比较。"
)
PROGRESS_JUDGING = "判别"
DRIFT_TITLE = "{title} {id}：来件有没有变"
DRIFT_BATCH = (
    "{names}，{tips} 条（另有 {rest} 条没有可读的文字，没有计入），与模型 {id} 训练时的 {before} 条留出检验相比。"
)
DRIFT_BATCH_WHOLE = "{names}，{tips} 条，与模型 {id} 训练时的 {before} 条留出检验相比。"
DRIFT_SCALE = (
    "稳定性指数不到 {some} 算没有变，到 {clear} 算有些变化，再大算变化明显；"
    "人工复核的比例看相差多少；碰巧也会有的差别不算。"
)
DRIFT_NOTHING = "没有一条有可读的文字，无法比较。请检查正文取自哪一列。"
DRIFT_SIGNALS = {
    "categories": "类别构成",
    "known": "认识的词",
    "certainty": "把握",
    "reviewed": "人工复核的比例",
    "length": "长度",
}
DRIFT_LEVELS = {"none": "没有变", "some": "有些变化", "clear": "变化明显"}
DRIFT_SENTENCES = {
    "categories": {
        "none": "各类别的比例与训练语料没有明显差别。",
        "some": "各类别的比例与训练语料有些不同：{moves}。",
        "clear": "各类别的比例与训练语料大不一样：{moves}。",
    },
    "known": {
        "none": "模型认识文中 {after:.1%} 的词，训练时是 {before:.1%}（中位数），没有明显差别。",
        "some": "模型认识文中 {after:.1%} 的词，训练时是 {before:.1%}（中位数），有些不同，{turn}。",
        "clear": "模型认识文中 {after:.1%} 的词，训练时是 {before:.1%}（中位数），差别明显，{turn}。",
    },
    "certainty": {
        "none": "把握的中位数是 {after:.1%}，训练时是 {before:.1%}，没有明显差别。",
        "some": "把握的中位数是 {after:.1%}，训练时是 {before:.1%}，高低的分布有些不同，{turn}。",
        "clear": "把握的中位数是 {after:.1%}，训练时是 {before:.1%}，高低的分布差别明显，{turn}。",
    },
    "reviewed": {
        "none": "{after:.1%} 需要人工复核，训练时是 {before:.1%}，没有明显差别。",
        "some": "{after:.1%} 需要人工复核，训练时是 {before:.1%}，有些不同，{turn}。",
        "clear": "{after:.1%} 需要人工复核，训练时是 {before:.1%}，差别明显，{turn}。",
    },
    "length": {
        "none": "长度的中位数是 {after:.0f} 字，训练语料是 {before:.0f} 字，没有明显差别。",
        "some": "长度的中位数是 {after:.0f} 字，训练语料是 {before:.0f} 字，长短的分布有些不同。",
        "clear": "长度的中位数是 {after:.0f} 字，训练语料是 {before:.0f} 字，长短的分布差别明显。",
    },
}
DRIFT_WORSE, DRIFT_NO_WORSE = "变差了", "没有变差"
DRIFT_MOVE = "“{name}”由 {before:.1%} 变为 {after:.1%}"
DRIFT_SIZE = "稳定性指数 {size:.2f}"
DRIFT_POINTS = "相差 {size:.1%}"
DRIFT_WORDS_FOUND = "模型不认识、又在几条里都出现的词，最多的是{words}。"
DRIFT_WORDS_NONE = "没有模型不认识、又在几条里都出现的词。"
DRIFT_VERDICT = "要不要重新训练"
DRIFT_VERDICTS = {
    "retrain": "应当重新训练",
    "watch": "再看一批",
    "keep": "不必重新训练",
    "too_few": "条数太少",
}
DRIFT_WHY = {
    "retrain": "应当重新训练：{worse}比训练时差。请先把人工复核过的结果收进语料，不认识的词里有新情况的多收一些。",
    "watch": "先不必重新训练：只有{worse}比训练时差。请看看不认识的词里有没有新情况，再比较一批。",
    "keep": "不必重新训练：模型认识的词、把握和人工复核的比例都没有变差。",
    "keep_moved": (
        "不必重新训练：{moved}变了，但模型认识的词、把握和人工复核的比例都没有变差；"
        "类别和长短的比例不必与训练语料相同。"
    ),
    "too_few": "只有 {tips} 条，不到 {least} 条，差别可能只是碰巧。请攒够一批再比较。",
}
DRIFT_WORD = "词"
DRIFT_IN_TIPS = "出现在几条里"
DRIFT_TIMES = "共出现几次"
DRIFT_IDS = "例如编号"
DRIFT_BEFORE = "训练时"
DRIFT_AFTER = "这一批"
DRIFT_COUNT = "这一批条数"
DRIFT_WORDS = "模型不认识的词"
DRIFT_PART = "范围"
PICTURE_PART = "{name}：训练时 {before:.1%}，这一批 {after}（{count} 条）"
READING_PARTS = "浅色横条是训练时的比例，菱形是这一批的比例，细线是 95% 区间；菱形连同细线离开横条的末端，才算变了。"

# --- ledger --------------------------------------------------------------------------------------
WHAT_DEADLINES = "期限表"
DEADLINE_STEPS = "{channel}：{steps}"
DEADLINE_STEP = "{name}{days}{unit}内{more}（{day}）"
DEADLINE_EXTENSION = "，可延长{days}{unit}"
DEADLINE_WORKING, DEADLINE_CALENDAR = "个工作日", "天"
SHEET_LEDGER = "全部"
SHEET_REVIEWS = "人工复核"
SHEET_DEPARTMENT = "转办-{name}"
SHEET_LINKS = "重复与串并"
SHEET_FIGURES = "统计"
SHEET_MEMORY = "台账信息"
COLUMN_RECEIVED = "收件日期"
COLUMN_CHANNEL = "渠道"
COLUMN_TEXT = "内容"
COLUMN_DUE = "到期日"
COLUMN_STATUS = "状态"
COLUMN_REMARK = "备注"
COLUMN_PLACE = "地点"
COLUMN_SUBJECT = "被举报主体"
COLUMN_STEPS = "期限"
COLUMN_DISPATCH = "系统派单"
COLUMN_FINGERPRINT = "来件指纹"
COLUMN_TASK = "主协办"
TASK_LEAD, TASK_ASSIST = "主办", "协办"
STATUSES = {"registered": "已登记", "sent": "已转办", "returned": "已退回", "closed": "已办结"}
FIGURES_NOTE = "由“全部”算出，每次更新台账时重做；在这里改的不会保留。统计到 {day}。"
FIGURE_SHARES = "概况"
SHARE_ALL = "总件数"
SHARE_SENT_ON = "不经人工直接分派或存档"
SHARE_REPEATS = "重复件（首件除外）"
SHARE_CORRECTED = "经人工改过类别"
SHARE_PENDING = "等待人工复核"
SHARE_OVERDUE = "已过到期日、未办结"
FIGURE_SHARE = "占比"
FIGURE_TABLES = {
    "category": "类别",
    "grade": "等级",
    "department": "主办部门",
    "status": "状态",
    "channel": "渠道",
    "day": "收件日期",
    "month": "收件月份",
}
FIGURE_NONE = "（没有）"
DERIVED_NOTE = "由“全部”算出，每次更新台账时重做；在这里改的不会保留，请到“全部”里改。"
REVIEWS_NOTE = (
    "由“全部”算出，每次更新台账时重做；这里只有“复核类别”“复核其他类别”两列会收回“全部”，其他改动不会保留。"
    "判对的，在复核类别里选同一类别；更新后转到部门的表里。"
)
DEPARTMENT_NOTE = (
    "转办版，举报人的信息已由程序遮盖，可能有漏，转出前请人看一遍。"
    "由“全部”算出，每次更新台账时重做；在这里改的不会保留，请到“全部”里改。"
)
LINK_COLUMNS = ("种类", "首件或共同点", "件数", "编号", "最早收件", "最近收件", "类别", "首件内容")
LINK_REPEATS = "重复件"
PRINT_TITLE = "{title} · {sheet}"
PRINT_FOOTER = "第 &P 页，共 &N 页"
STATUS_ERROR = "请从下拉列表里选一个状态。"
LEDGER_NAMED_TWICE = "编号 {number}：“全部”和“人工复核”两张表填的复核类别不同，按“全部”的"
LEDGER_NO_SUCH_NUMBER = "编号 {number} 在“人工复核”里填了复核类别，“全部”里却没有这一条，没有用上"
LEDGER_ROW = "第 {row} 行：{cause}"
LEDGER_NONE = "{path} 不是台账：没有名为“{sheet}”、表头里有编号和内容的工作表。请给 -o 换一个文件名，或用原来的台账。"
LEDGER_CLOSED = "读不了台账 {path}：{cause}"
LEDGER_RENAMED = "“{name}”（现在叫“{now}”？）"
LEDGER_COLUMNS = "台账 {path} 的“全部”表缺列：{columns}。请把列名改回去，或从备份里恢复；自己加的列可以随意取别的名字。"
LEDGER_TWICE = "{number}（第 {rows} 行）"
LEDGER_NUMBERS_TWICE = "台账 {path} 的“全部”表里有重复的编号：{numbers}。一个编号只能用一次，请改掉或删去多出的行。"
LEDGER_UNNUMBERED = (
    "台账 {path} 的“全部”表里，第 {rows} 行没有编号。手工加的行至少要填收件日期（如 2026-08-20）和内容，编号由程序给；"
    "合计之类请放到别的表里。"
)
LEDGER_DAYS = "台账 {path} 的“全部”表里，{rows}。请写成 2026-08-20 的样子。"
LEDGER_OWN_SHEETS = "自己加的工作表只保留了内容，格式和公式没有保留：{names}"
LEDGER_FORMULAS = "台账里手工写的公式已换成它的结果"
LEDGER_OPEN = (
    "台账 {path} 正在 Excel、WPS 或 LibreOffice 里打开。请保存并关闭后再运行一次；"
    "确实没有人打开的，删去旁边的隐藏文件 {mark}。"
)
LEDGER_LOCKED = "别人正在更新台账 {path}（{lock}）。请等一会儿再运行一次。"
LEDGER_CHANGED = "台账 {path} 在更新的时候被别人改动了，没有写入。请再运行一次。"
LEDGER_NOTHING = "没有给出输入，也没有台账 {path} 可以更新。请在命令后面写上要登记的文件。"
LEDGER_ENTERED = "登记 {entered} 条，其中 {repeating} 条与已有的重复；另有 {known} 条台账里已经有了，没有重复登记。"
LEDGER_UNDATED = "有 {count} 条的渠道在期限表里没有，到期日留空。要算期限，请在自己的 deadlines.toml 里加上渠道的写法。"
LEDGER_WEEKENDS = "到期日里的工作日只去掉了周六、周日；放假和调休请填进自己的 deadlines.toml。"
LEDGER_WRITTEN = "台账已写入 {path}：共 {count} 条，等待人工复核 {pending} 条，过期未办结 {overdue} 条"
HELP_LEDGER = (
    "登记台账：给线索分类、编号、算到期日，写成台账；已有的台账接着往下登记，手工改的都保留。不给输入时只更新各表。"
)
HELP_LEDGER_OUTPUT = "台账（xlsx）。"
LEDGER_NUMBER = "{year}-{number:04}"
LEDGER_BAD_DAY = "收件日期“{value}”看不懂"
LEDGER_BAD_STATUS = "状态“{value}”不在下拉列表里，按“已登记”统计"
LEDGER_BAD_REVIEW = "复核类别没有用上，{cause}"
LEDGER_BAD_CATEGORY = "类别“{value}”不在类别表里，没有计入类别"

# --- readers -------------------------------------------------------------------------------------
PLACE_AND_CAUSE = "{place}：{cause}"
INPUT_MISSING = "找不到输入“{name}”。请检查路径和文件名。"
NOTHING_READ = "没有读到任何线索："
NO_INPUT = "没有可读的文件。请给出表格、文档，或放有它们的文件夹。"
CANNOT_OPEN = "打不开。请检查文件是否正被占用，以及有没有读取权限。"
OTHER_FILES = "文件夹“{name}”里有 {count} 个文件不是可读的类型，已略过：{files}。"
LINKS_AWAY = "文件夹“{name}”里有 {count} 个链接指向文件夹之外，没有跟随：{files}。"
UNKNOWN_STREAM = "不认得输入格式“{kind}”。标准输入可用的格式：{kinds}。"
UNKNOWN_SUFFIX = "不认得这种文件（{suffix}）。请另存为 {suffixes} 之一。"
REFUSED_KIND = "不能直接读取{kind}。{way}"
OTHER_CONTENT = "后缀是 {suffix}，内容却像是{kind}。{way}"
NOT_A_TABLE = "这里要的是表格，{suffix} 不是。请用 {suffixes}。"
EMPTY_FILE = "文件是空的。请检查是否导出或传输完整。"
FILE_TOO_LARGE = "文件超过 {size} MB，没有读取。请拆成几个较小的文件，或在本地设置的 [limits] 里把 file 改大。"
TOO_LARGE = (
    "文件解压后超过 {unpacked} MB，或达到原来的 {ratio} 倍以上，没有读取。"
    "请拆成几个较小的文件，或在本地设置的 [limits] 里改大 unpacked、ratio。"
)
TOO_MANY_PARTS = "文件里的部件超过 {parts} 个，没有读取。请另存一份，或在本地设置的 [limits] 里把 parts 改大。"
TOO_LONG = "解析超过 {seconds} 秒，没有读取。请另存一份或拆小再试，或在本地设置的 [limits] 里把 seconds 改大。"
TOO_MUCH_MEMORY = (
    "解析中断：文件已损坏，或需要的内存超过 {memory} MB，没有读取。"
    "请另存一份或拆小再试，或在本地设置的 [limits] 里把 memory 改大。"
)
PARSER_FAILED = "文件的内部结构不合规范，解析不了。请用办公软件打开，另存一份；打不开就重新取得。"
TEXT_TOO_LONG = "这一条超过 {characters} 字，没有读取。请拆成几条，或在本地设置的 [limits] 里把 characters 改大。"
NO_PLAIN_FILE = "不是普通的文件（像是管道或设备），没有读取。请先存成文件。"
_TO_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx。"
_TO_DOCX = "请用 Word 或 WPS 打开，另存为 .docx。"
_RENAME = "请把后缀改为 .{suffix}。"
# What a file can turn out to be, and the way to a readable one.
KINDS = {
    "parquet": ("parquet 数据文件", _RENAME.format(suffix="parquet")),
    "archive": ("压缩包", "请先解压，再读取里面的文件。"),
    "doc": ("旧版 Word 或 WPS 文字文档", _TO_DOCX),
    "docx": ("Word 文档", _RENAME.format(suffix="docx")),
    "encrypted": ("加了密码的 Office 文件", "请打开后去掉密码，另存一份。"),
    "et": ("WPS 表格", _TO_XLSX),
    "html": ("网页", "请用 Excel 或 WPS 打开，表格另存为 .xlsx，文字另存为 .docx。"),
    "image": ("图片", "请先做文字识别（OCR），把文字存为 .txt 或 .docx。"),
    "ods": ("ODS 表格", _RENAME.format(suffix="ods")),
    "odt": ("ODT 文档", _TO_DOCX),
    "ofd": ("OFD 版式文件", "请用 OFD 阅读器打开，另存为带文字的 PDF，或把文字复制到 .txt。"),
    "ole": ("旧版 Office 文件", "请打开后另存为 .docx 或 .xlsx。"),
    "pdf": ("PDF 文件", _RENAME.format(suffix="pdf")),
    "rtf": ("RTF 文档", _TO_DOCX),
    "xls": ("旧版 Excel 表格", _RENAME.format(suffix="xls")),
    "xlsb": ("二进制 Excel 表格", _TO_XLSX),
    "xlsx": ("Excel 表格", _RENAME.format(suffix="xlsx")),
    "xmltable": ("XML 表格", _TO_XLSX),
    "zip": ("压缩包，或没有传完整的 Office 文件", "请解压，或重新取得这个文件。"),
}
PARQUET_MISSING = '读取 parquet 需要另外安装：pip install "tipclass[cluster]"。也可以先另存为 csv。'
TOO_MANY_CELLS = "表有 {cells} 格以上，没有读取。请分成几份，或在本地设置的 [limits] 里把 cells 改大。"
DAMAGED_TABLE = "文件已损坏，或并不是后缀所说的表格。请用 Excel 或 WPS 打开，另存为 .xlsx；打不开就重新导出。"
DAMAGED_DOCX = "文件已损坏，或并不是 Word 文档。请用 Word 或 WPS 打开，另存为 .docx；打不开就重新取得。"
DAMAGED_PDF = "文件已损坏，或并不是 PDF。请重新取得，或把文字复制到 .txt。"
DOCTYPE_REFUSED = "文件里有不该有的实体声明，为安全起见没有读取。请用 Word 或 WPS 打开，另存为 .docx。"
ENCRYPTED_PDF = "PDF 加了密码。请打开后去掉密码，另存一份。"
ENCRYPTED_WORKBOOK = "表格加了密码。请打开后去掉密码，另存一份。"
NO_TEXT = {
    ".txt": "文件里没有文字。请检查是否导出或传输完整。",
    ".docx": "文档里没有文字，可能只有图片。请先做文字识别（OCR），再存为 .docx。",
    ".pdf": "PDF 没有文字层，多半是扫描件。请先做文字识别（OCR），或把文字录入 .txt。",
}
PAGES_WITHOUT_TEXT = "{name}：第 {pages} 页没有文字层，可能是扫描页，没有读到。"
DECODED_AS = "{name}：不是 UTF-8，按 {codec} 读取；如有乱码请另选编码（--encoding）。"
UNKNOWN_ENCODING = "没有“{encoding}”这种编码。请用 utf-8、gb18030、utf-16 或 big5 等名称。"
WRONG_ENCODING = "不能按“{encoding}”解码。请换一种编码（--encoding），或不指定，让程序判断。"
NO_ENCODING = "认不出文字编码。请另存为 UTF-8，或指定编码（--encoding）。"
NUL_DROPPED = "{name}：去掉了文中的空字符（NUL）。"
SURROGATE_REPLACED = "{name}：文中有不成对的代理字符，已换成“\ufffd”。"
EMPTY_TABLE = "表是空的：表头下面没有数据。请检查是否导出完整。"
EMPTY_SHEET = "{name}：工作表“{sheet}”没有数据，已略过。"
HIDDEN_SHEET = "{name}：工作表“{sheet}”是隐藏的，没有读取；需要时请用 --sheet 指定。"
NO_SUCH_SHEET = "没有工作表“{sheet}”。现有的工作表：{sheets}。请用 --sheet 给出其中一个的名称或序号。"
STRAY_CELL = "工作表的范围大得反常（超过 {cells} 格），多半是很远的地方误填了一格。请删去多余的行列后另存。"
ROWS_ABOVE_HEADER = "{name}：表头取第 {row} 行，其上 {count} 行没有当作线索。"
UNNAMED_COLUMN = "列{letter}"
REPEATED_COLUMN = "{name}（{turn}）"
INEXACT = "（已失真）"
WIDE_ROWS = "{name}：有 {count} 行的单元格比表头多（第 {rows} 行），多出的放在“列”加字母的列里。"
OPEN_QUOTE = "{name}：第 {rows} 行的引号没有配对，该行已按原样读取。请核对这一行。"
NOT_AN_OBJECT = '这一行不是 JSON 对象。请写成 {"text": "……"} 的样子，一行一条。'
TEXT_COLUMN_TAKEN = "{name}：正文取自“{column}”列。"
NO_HEADER = "{name}：第一行不像列名，当作一条线索读取。"
HIDDEN_NAME = "（不像列名，未显示）"
HIDDEN_WORD = "（内容未显示）"
ONLY_COLUMN_TAKEN = "{name}：只有“{column}”一列，正文取自这一列。"
NO_TEXT_COLUMN = "认不出哪一列是正文。现有的列：{columns}。请用 --text-column 指定。"
NO_SUCH_COLUMN = "没有“{column}”这一列{hint}。现有的列：{columns}。请用 {option} 指定其中一列。"
REPEATED_IDS = "编号有 {count} 处重复，后出现的加上了行号：{ids}。"

# --- the desk in a browser -----------------------------------------------------------------------
HELP_SERVE = "在浏览器里打开受理台（录入、批量、复核、台账、统计、模型）：只在这台电脑上，不连外网。"
HELP_SERVE_PORT = "端口；0 表示由系统选一个。"
HELP_SERVE_HOST = "地址，只能是本机。"
HELP_SERVE_CORPORA = "训练新模型用的语料文件夹；默认用自带的。受理台的更正另外加上。"
HELP_SERVE_NO_OPEN = "不自动打开浏览器，只显示网址。"
SERVE_ADDRESS = (
    "受理台只能在本机（127.0.0.1）打开，不能开在 {host}：线索里有举报人信息，别的电脑连得上就可能泄露。"
    "请去掉 --host，或写 127.0.0.1。"
)
SERVE_PORT_TAKEN = "端口 {port} 用不了：{cause}。请加 --port 0 让系统换一个。"
SERVE_EXTRA = '受理台还缺 {name}。请运行 pip install "tipclass[web]"，或重新运行 scripts\\安装.bat。'
SERVE_OPEN = "受理台已打开：{url}\n网址只能用一次，十分钟内有效；关掉这个窗口就停止。记录保存在 {folder}"
SERVE_OPEN_ALREADY = "受理台已经开着，用这个网址打开：{url}\n网址只能用一次，十分钟内有效。"
DESK_STORE_CLOSED = "打不开受理台的数据文件 {path}：{cause}。请检查磁盘空间和读写权限。"
DESK_STORE_NEWER = "受理台的数据文件 {path} 是更新的版本写的。请安装新版本的 tipclass。"
DESK_TITLE = "受理台"
DESK_SKIP = "跳到正文"
DESK_NAVIGATION = "主菜单"
DESK_SAFE = "只在本机运行，不连外网"
NAV_INTAKE, NAV_BATCHES, NAV_REVIEW, NAV_LEDGER, NAV_REPORT, NAV_MODELS = "录入", "批量", "复核", "台账", "统计", "模型"
WEB_REFUSED = "没有办成"
WEB_HOME = "回到录入"
WEB_NOT_HERE = "这个请求不是从受理台自己的网址来的，没有理会。"
WEB_EXPIRED = (
    "会话已过期，或者网址已经用过。请回到启动受理台的窗口，或再双击一次受理台图标，用新的网址打开。已保存的都还在。"
)
WEB_STAYS = "没有提交：会话已过期，或者受理台已经关闭。填的都还在这一页：请再双击一次受理台图标，然后回到这里重新提交。"
WEB_CSRF = "这一页的校验码不对，没有执行。请回到上一页刷新后再试；已填的内容请先复制。"
WEB_NOT_FOUND = "没有这一页，或者它已经删除了。"
WEB_TOO_SLOW = "传得太慢，没有收下。请把文件放到本机后再试。"
WEB_MALFORMED = "没有收下：一次最多传 {most} 个文件。请分几次传；文件不多还是这样，请刷新这一页再试。"
WEB_TOO_LARGE = "一次最多传 64 MB。请把文件分开，或删去用不着的图片后再传。"
WEB_UNEXPECTED = "出了意外，没有完成。已保存的都还在；反复出现请告诉维护人员。"
SAID = {
    "saved": "已登记。",
    "changed": "已保存。",
    "none": "没有选中任何一条。",
    "forgotten": "已删除。",
    "undone": "已撤销，可以重新选。",
    "nothing": "没有可以撤销的。",
    "rolled-back": "已换回上一个模型，从现在起用它判断。",
}
CUTS = {"blanks": "按空行分", "numbers": "按编号分", "nowhere": "不分，是一条"}
INTAKE_TITLE = "粘贴线索"
INTAKE_TEXT = "线索原文，可以一次贴多条：用空行隔开，或带编号（1. 2. 3.），分成几条会先给您看"
INTAKE_EXAMPLE = "例如：印染厂一下雨就从后墙的管子往河里放黑水"
INTAKE_AREA = "属地"
INTAKE_JUDGE = "分类"
INTAKE_JUDGE_MANY = "就按这 {count} 条分类"
INTAKE_CUT_AGAIN = "重新分"
INTAKE_CLEAR = "清空"
INTAKE_HURRY = "Ctrl+Enter 提交"
INTAKE_PIECES = "分成 {count} 条"
INTAKE_LENGTH = "{count} 字"
INTAKE_LEFT = "还没登记的"
INTAKE_LEFT_COUNT = "{count} 条"
INTAKE_NONE_LEFT = "没有。贴过的线索在登记或删除之前都留在这里。"
INTAKE_HOW_TITLE = "怎么用"
INTAKE_HOW = (
    "粘贴后按“分类”：类别、把握、依据词、部门、缺什么要素一页看全。",
    "绿底的词支持所判的类别，红字下划线的词支持次选类别。",
    "“登记到台账”后才有编号和到期日。",
    "程序的判断都是提示，拿不准的请人看。",
)
INTAKE_RESULT = "原文与依据"
INTAKE_TABS = "本次粘贴的各条"
INTAKE_SAVE = "登记到台账"
INTAKE_SAVE_ALL = "全部登记"
INTAKE_SAVED = "已登记 {number}"
INTAKE_COPY = "复制为文字"
INTAKE_COPIED = "已复制"
INTAKE_NEXT = "录入下一条"
INTAKE_FORGET = "不登记，删除"
INTAKE_TIES = "重复与串并"
INTAKE_LOOKING = "正在与台账比对……"
INTAKE_TURN = "本次第 {turn} 条"
INTAKE_NO_TIES = "台账里没有找到重复的，也没有连得上的。"
MARK_FOR = "支持“{name}”"
MARK_AGAINST = "支持次选类别"
PASTE_SOURCE = "录入"
PASTE_TOO_LONG = "一次最多粘贴 {most} 条、{longest} 字。请分几次，或存成文件在“批量”里处理。"
PASTE_TOO_LARGE = "一次最多粘贴 {longest} 字。请存成文件在“批量”里处理。"
PASTE_NOTHING_TO_SAVE = "这一条已经登记过，或者已经删除了。"
BATCH_TITLE = "批量处理"
BATCH_DROP = "把文件拖到这里，或者选择文件（可以多选）"
BATCH_KINDS = (
    "Excel、WPS 表格（xlsx、xls、ods）、csv、Word（docx）、pdf、txt、jsonl；一次最多 64 MB。原文件不会被改动。"
)
BATCH_SEND = "上传"
BATCH_LIST = "处理过的"
BATCH_NAME, BATCH_FILES, BATCH_STATE, BATCH_TOLD, BATCH_MADE = "名称", "文件数", "状态", "说明", "时间"
BATCH_NONE = "还没有。"
BATCH_SEVERAL = "{name}等 {count} 个文件"
BATCH_NO_FILE = "没有选文件。请选一个或几个文件再上传。"
BATCH_NO_SUFFIX = "没有后缀"
BATCH_UNREADABLE = "读不了这种文件（{suffix}）。请另存为 xlsx、csv、docx、pdf 或 txt 再上传。"
BATCH_REGISTER = "登记到台账"
BATCH_FORGET = "删除这一批"
LOOK_TITLE = "{name}：先看读得对不对"
LOOK_SHEET = "工作表"
LOOK_ALL_SHEETS = "全部"
LOOK_COLUMN = "正文所在的列"
LOOK_GUESS = "自动识别"
LOOK_GUESSED = "自动识别（{name}）"
LOOK_ENCODING = "编码"
LOOK_AGAIN = "按所选重新读"
LOOK_JUDGE = "开始分类（{count} 条）"
LOOK_FIRST = "开头几条"
LOOK_TEXT = "正文"
LOOK_UNREAD = "有 {count} 处没有读出来"
JOB_STATES = {
    "queued": "排队",
    "running": "进行中",
    "done": "完成",
    "failed": "没有成功",
    "cancelled": "已取消",
    "look": "等您确认",
}
JOB_TITLES = {
    "look": "正在读取 {name}",
    "batch": "{name} 的分类",
    "register": "{name} 登记到台账",
    "export": "{name} 导出",
    "import": "{name} 导入台账",
    "train": "训练新模型",
    "try": "{name} 与在用模型比较",
    "promote": "启用 {name}",
}
JOB_WAITING = "排队等待"
JOB_READING = "正在读取文件"
JOB_LINKING = "正在查找重复件"
JOB_JUDGING = "正在分类"
JOB_MASKING = "正在遮盖举报人信息"
JOB_WRITING = "正在写文件"
JOB_REGISTERING = "正在登记 {count} 条"
JOB_LOOKED = "读到 {count} 条"
JOB_JUDGED = "共 {count} 条"
JOB_IMPORTED = "台账已导入，共 {count} 条。"
JOB_WRITTEN = "文件已经写好。"
JOB_CANCELLED = "已取消。已完成的部分没有丢，可以接着做。"
JOB_STOPPED = "已取消。"
JOB_TOO_LONG = "超过 {minutes:.0f} 分钟还没有完成，已经停下。文件可能损坏或太大，请分开后再试。"
JOB_DIED = "中途停下了，可能是内存不够或文件损坏。可以再试一次。"
JOB_COUNT = "{done} / {total} 条"
JOB_ROUNDS = "{done} / {total} 轮"
JOB_FOLDS = "正在做留出检验"
JOB_FITTING = "正在用全部语料训练"
JOB_TRAINED = "新模型 {id} 已训练好（{tips} 条语料）。它还没有启用：请先看它与在用模型的比较。"
JOB_SAME_MODEL = "语料没有变，训练出来还是已有的模型 {id}。"
JOB_COMPARING = "正在与在用模型比较"
JOB_COMPARED = "比较完了，不宜启用的理由 {count} 条。"
JOB_PROMOTED = "在用模型现在是 {id}，从现在起用它判断。"
JOB_SECONDS_LEFT = "大约还要 {seconds} 秒"
JOB_MINUTES_LEFT = "大约还要 {minutes} 分钟"
JOB_PROGRESS = "进度"
JOB_CANCEL = "取消"
JOB_AGAIN = "接着做"
JOB_BACK = "返回"
JOB_BACKS = {"train": "去看模型", "register": "去看台账", "import": "去看台账"}
JOB_FETCH = "下载 {name}"
EXPORTS = {"result": "结果表", "departments": "转办表", "ledger": "台账表"}
EXPORT_FILE = "{name}_{what}_{mark}_{day}.xlsx"
EXPORT_MASKED, EXPORT_WHOLE = "已遮盖", "原文"
EXPORT_BUTTON = "下载{name}（已遮盖）"
EXPORT_UNMASKED = "下载原文版…"
UNMASKED_TITLE = "要下载没有遮盖的{name}吗？"
UNMASKED_TOLD = (
    "里面有举报人的姓名、电话、住址，只能在受理窗口内部用，不能转出。"
    "这次下载会记进操作记录（只记时间和批次，不记内容）。"
)
UNMASKED_NO = "不下载"
UNMASKED_YES = "我知道，下载原文版"
LEDGER_NONE_SENT = "还没有可以转办的：没有确定主办部门，或者都在等人工复核。"
ENTRY_BACK = "← 回到 {name}"
ENTRY_FIELDS = "来件各栏"
TABLE_ALL = "全部"
TABLE_SEARCH = "查找"
TABLE_FILTER = "筛选"
TABLE_FOUND = "{count} 条"
TABLE_NOTHING = "没有符合的。"
TABLE_PAGES = "翻页"
TABLE_PAGE = "第 {page} 页，共 {pages} 页"
TABLE_BACK, TABLE_ON = "← 上一页", "下一页 →"
TABLE_CHOOSE = "选择"
TABLE_MARK = "把选中的标为"
TABLE_MARK_BUTTON = "更改状态"
ROW_TESTS = {"overdue": "已过期", "pending": "待复核", "repeats": "重复件", "corrected": "改过类别"}
ROW_CORRECTED = "人工"
ROW_LATE = "过期 {days} 天"
ROW_OVERDUE = "到期日 {due} 已过，还没有办结。"
ROW_GONE = "台账里没有编号 {number}，可能已经换成了另一份台账。请刷新后再试。"
ROW_EDIT = "办理"
ROW_RETURNED = "派单被退回：选对类别并保存，会重新派单，状态回到“已登记”。"
ROW_AS_JUDGED = "不改（{name}）"
ROW_SAVE = "保存"
ROW_SEVERAL = "没有就空着；几个之间用分号"
ROW_MODEL = "程序的判断"
IMPORT_TITLE = "导入台账表…"
IMPORT_TOLD = "用台账工作簿代替受理台里现有的台账。"
IMPORT_FILE = "台账表（xlsx）"
IMPORT_SURE = "可以代替现有的台账"
IMPORT_BUTTON = "导入"
IMPORT_UNSURE = "受理台里已经有台账。要用文件代替它，请勾选“可以代替现有的台账”；需要时先下载一份。"
REPORT_FROM, REPORT_TO = "从", "到"
REPORT_SHOW = "查看"
REPORT_WEEK = "最近七天"
REPORT_MONTH = "上个月"
REPORT_TO_TIPS = "查看这些线索 →"
REVIEW_PROGRESS = "今天复核 {today} 条，还有 {waiting} 条"
REVIEW_TODAY = "今天的进度"
REVIEW_HOW = "按方框里的键就行：每选一次就存一次"
REVIEW_MAIN = "主类别"
REVIEW_SEARCH = "其他类别"
REVIEW_SEARCH_HOW = "回车选第一个，Esc 离开"
REVIEW_FURTHER = "还涉及（先勾选，再选主类别）"
REVIEW_SKIP = "跳过"
REVIEW_UNDO = "撤销上一条"
REVIEW_LEARN = "收进语料"
REVIEW_LEARNED = "已遮盖，放在 {folder}。维护人员在“模型”页训练新模型时会用到。"
REVIEW_NOTHING_TO_LEARN = "还没有复核过的线索，没有可以收进语料的。"
REVIEW_DONE = "没有等待复核的了"
REVIEW_NO_CATEGORY = "没有选类别。请按 1、2、3，或查找一个类别。"
MODELS_TOLD = "这一页给维护人员用。换模型会改变从此以后的判断；已登记的不变。"
MODELS_RUNNING = "在用"
MODELS_HISTORY = "更换记录"
MODELS_WHEN, MODELS_ACT, MODELS_FROM, MODELS_TO, MODELS_WHY = "时间", "操作", "原来", "换成", "理由"
MODELS_ACTS = {"promote": "启用", "rollback": "换回"}
MODELS_OVERRULED = "（不顾 {count} 条反对理由）"
MODELS_NEVER = "还没有换过。"
MODELS_WORKING = "最近的训练和比较"
MODELS_TRAIN = "训练新模型"
MODELS_TRAIN_TOLD = (
    "用原有语料，加上台账里改过类别的线索（先遮盖举报人信息），重新训练。"
    "在后台进行，可以照常受理；训练好了不会自动启用。"
)
MODELS_CORRECTED = "台账里改过类别的有 {count} 条。"
MODELS_NOT_CORRECTED = "台账里还没有改过类别的线索，训练出来多半与在用的一样。"
MODELS_TRAINING = "正在训练，看进度 →"
MODELS_ROLLBACK = "换回上一个模型"
MODELS_ROLLBACK_TOLD = "在用的是 {now}，上一个是 {before}。"
MODELS_REASON = "理由"
MODELS_NO_REASON = "没有写理由。请写一句为什么换，以后查得到。"
MODELS_FACTS = "{tips} 条语料，{categories} 个类别，{size:.1f} MB"
MODELS_COMPARE = "与在用模型比较"
MODELS_CARD = "模型说明（英文）"
MODELS_ESSENTIALS = "模型说明"
ESSENTIAL_USE, ESSENTIAL_LIMITS, ESSENTIAL_MADE = "用途", "不足", "训练设置"
ESSENTIAL_CORPUS, ESSENTIAL_CATEGORIES, ESSENTIAL_FOLDS = "训练语料", "各类条数", "检验方法"
ESSENTIAL_WEAK, ESSENTIAL_REGISTERS = "较弱类别", "较弱文体"
ESSENTIAL_USE_TOLD = "供受理窗口分派时参考，拿不准的留给人看；判断只说这段文字归哪一类，不说事情是否属实、谁有责任。"
ESSENTIAL_CORPUS_TOLD = "{tips} 条标注过的文本，{several_labels} 条属于几个类别；长度中位数 {median_length} 字。"
ESSENTIAL_FOLDS_TOLD = "留出检验：判每一条的模型，训练时没有见过它那种文体，也没有见过说同一件事的文本。"
ESSENTIAL_WEAK_TOLD = "{names}（F1，1 是全对）。判成这些类别的，或者从这些类别漏掉的，多看一眼。"
ESSENTIAL_REGISTERS_TOLD = "{names}（不经人工的里面主类别正确的比例）。"
ESSENTIAL_LIMITS_TOLD = (
    "只认得以上类别和语料里有的文体。新的手法、老手法的新说法可能判错而没有任何提示；"
    "请隔一段时间用本单位复核过的线索比一比（“台账”里改过类别的就是）。"
)
ESSENTIAL_MADE_TOLD = "参数：{settings}。程序库：{versions}。语料指纹 {fingerprint}。"
AUDIT_TITLE = "操作记录"
AUDIT_TOLD = "只记时间、操作和编号，不记线索的内容；记录不能在这里修改或删除。"
AUDIT_SUBJECT = "对象（批次、任务或模型的编号）"
AUDIT_NONE = "还没有记录。"
ACTS = {
    "export-unmasked": "下载原文版",
    "export-masked": "下载（已遮盖）",
    "import-ledger": "导入台账",
    "forget-paste": "删除粘贴的线索",
    "forget-batch": "删除一批",
    "learn": "收进语料（条数）",
    "train": "训练新模型",
    "promote": "启用模型",
    "rollback": "换回模型",
}
MODELS_NO_FIGURES = "训练时没有做留出检验，没有数字可看。"
TRIAL_TITLE = "{after} 与在用的 {before} 比较"
TRIAL_GOOD = "没有发现不宜启用的理由。"
TRIAL_BAD = "不宜启用，理由有 {count} 条："
TRIAL_PROMOTE = "启用 {id}"
TRIAL_SURE = "我看过上面的理由，仍然启用"
TRIAL_UNSURE = "有不宜启用的理由。要启用，请勾选“我看过上面的理由，仍然启用”，并写明理由。"
TRIAL_AFTER = "启用后不合适，可以在“模型”页换回来。"
SERVE_OPEN_ELSEWHERE = "受理台正在启动或关闭。请等几秒再试。"
