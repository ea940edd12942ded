"""The table of interface text: every sentence staff read, filled with `.format(...)` by its user."""

# --- taxonomy ------------------------------------------------------------------------------------
TAXONOMY_MISSING = "找不到类别表 {path}。请检查 --taxonomy 的路径，或去掉该选项使用自带的类别表。"
TAXONOMY_ENCODING = "类别表 {path} 不是 UTF-8 编码。请用记事本另存为 UTF-8 后再试。"
TAXONOMY_SYNTAX = "类别表 {path} 不是有效的 TOML：{cause}。请按自带的 taxonomy.toml 的写法改正。"
TAXONOMY_INVALID = "类别表 {path} 的 {place} 处有误：{cause}。请改正后再试。"
TAXONOMY_AMBIGUOUS = "“{word}”同时指 {one} 和 {two}"
TAXONOMY_TWICE = "有重复的类别代码"
UNKNOWN_CATEGORY = "没有“{word}”这个类别{hint}。可用的类别见 taxonomy.toml。"
DID_YOU_MEAN = "，是否指“{name}”"

# --- lexicon -------------------------------------------------------------------------------------
LEXICON_UNKNOWN_CODE = "词表文件 {path} 的文件名不是类别代码。请改成 taxonomy.toml 里的代码，例如 wildlife.txt。"

# --- training ------------------------------------------------------------------------------------
CATEGORY_WITHOUT_TIPS = "这些类别在语料里没有一条文本：{codes}。请补充语料，或从类别表里去掉它们。"
CATEGORY_ON_EVERY_TIP = "语料里每一条都属于同一类别，无法训练。请补充其他类别的文本。"

# --- readers -------------------------------------------------------------------------------------

