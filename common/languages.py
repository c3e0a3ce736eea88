"""In which of the four languages is this text? Told by its script, not by its words. Pure.

Used for `lang` on what people write: without it Simplified and Traditional Chinese share wrong glyphs.
"""

import re

# Django's codes of the four as tags for `lang`.
BCP47 = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "th": "th"}
# Frequent characters that exist in one of the two scripts only.
SIMPLIFIED = frozenset(
    "个们这来国时说对会发经过动学进种么无现应还开关问间门见长东车马书电话请谢报错误机压线员单记录输风"
    "严断网络维护备设为从样给让统级组结级难双边达运远连选适陆际阳队阶随险隐页项顺须预频题额颜飞饭馆驱"
    "龙龟齐齿鸟鱼麦黄变号听启响图场块坏声处够头夹夺奋妇实宽审将尔尘尝层属岁币帮干并广庆库应庙废归当"
)
TRADITIONAL = frozenset(
    "個們這來國時說對會發經過動學進種麼無現應還開關問間門見長東車馬書電話請謝報錯誤機壓線員單記錄輸風"
    "嚴斷網絡維護備設為從樣給讓統級組結難雙邊達運遠連選適陸際陽隊階隨險隱頁項順須預頻題額顏飛飯館驅"
    "龍龜齊齒鳥魚麥變號聽啟響圖場塊壞聲處夠頭夾奪奮婦實寬審將爾塵嘗層屬歲幣幫幹並廣慶庫廟廢歸當"
)
THAI = re.compile(r"[\u0e00-\u0e7f]")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def detect(text: str, otherwise: str = "") -> str:
    """The tag for `lang`: en, zh-Hans, zh-Hant, th; `otherwise` where the script does not tell.

    A Latin word counts as one, so that model names in a Chinese sentence do not make it English.
    """
    thai, han, latin = len(THAI.findall(text)), len(HAN.findall(text)), len(LATIN.findall(text))
    if thai and thai / 3 >= max(han, latin):
        return "th"
    if han and han >= latin:
        return _chinese(text, otherwise)
    return "en" if latin else otherwise


def _chinese(text: str, otherwise: str) -> str:
    only_simplified, only_traditional = SIMPLIFIED - TRADITIONAL, TRADITIONAL - SIMPLIFIED
    simplified = sum(letter in only_simplified for letter in text)
    traditional = sum(letter in only_traditional for letter in text)
    if simplified == traditional:
        return otherwise if otherwise.startswith("zh") else "zh-Hans"
    return "zh-Hans" if simplified > traditional else "zh-Hant"
