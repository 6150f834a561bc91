"""The table of languages: what must be known of all of them to tell which one a text is in.

A line gives the scripts of a language, the main one first, its most frequent small words, and letters that
few languages of the same script have. Overlap does no harm, because a comparison leaves out what both
languages have.

Sources: Unicode CLDR (https://cldr.unicode.org) for scripts (`languageData`) and letters (exemplar
characters); small words are the closed classes of each language's grammar.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Line(Struct, frozen=True):
    """A language's line: its English name and what text in it looks like.

    `module`: this package has a module of that name.
    """

    name: str
    scripts: str = "latin"
    module: bool = False
    words: str = ""
    letters: str = ""

    @property
    def main_script(self) -> str:
        """The first of the scripts."""
        return self.scripts.partition(" ")[0]

    @property
    def module_name(self) -> str:
        """The name of the language's module: its English name in small letters."""
        return self.name.lower().replace(" ", "_")


# Croatian words serve Bosnian, and Serbian in Latin letters.
_CROATIAN = (
    "i u je se na da su za od s o koji kao što ne to ili ali iz bi biti koja sa kako nije te ima samo prema"
)

# fmt: off
# The languages that an unnamed text may be in. Of one script, the first is assumed unless another is clearly
# likelier, and the earlier of two that are equally likely.
GUESSED: Mapping[str, Line] = {
    "en": Line("English", module=True,
        words="the of and to in is that for it as with on be by are at this from or an was we you not have "
              "has which will can if how what"),
    "de": Line("German", module=True,
        words="der die das und in zu den ist von mit nicht sich ein eine einer dem des auf für im auch "
              "werden wird als an es bei sind oder aus nach wie",
        letters="äöüß"),
    "fr": Line("French", module=True,
        words="le la les de des du et en un une est que qui dans pour par sur au aux ne pas ce se plus avec "
              "il sont cette ou vous nous",
        letters="éèêàçùôîûëïœ"),
    "es": Line("Spanish", module=True,
        words="el la los las de del y que en un una por con no es se al su para como más o lo sus pero este "
              "esta son también ha está",
        letters="ñ¿¡áéíóú"),
    "pt": Line("Portuguese", module=True,
        words="o a os as de do da e que em um uma por com não é se ao para como mais ou dos das mas este "
              "esta são também na no",
        letters="ãõçáéíóúâêô"),
    "it": Line("Italian", module=True,
        words="il la i gli le di del della e che in un una per con non è si da al dei nel come più o sono "
              "anche ha alla questo",
        letters="àèìòù"),
    "nl": Line("Dutch", module=True,
        words="de het een van en in is dat op te zijn voor met niet die er aan om ook als door bij maar "
              "worden naar uit dan deze of wordt"),
    "sv": Line("Swedish", module=True,
        words="och i att det en som på är av för med den till inte om har de ett var från kan eller vid men "
              "också blev efter vad sig",
        letters="åäö"),
    "da": Line("Danish", module=True,
        words="og i at det en den til er som på de med af for ikke der var et har vi fra kan eller ved men "
              "også blev efter hvad sin",
        letters="æøå"),
    "no": Line("Norwegian", module=True,
        words="og i det en er på som til av for at med de ikke har den et om var fra kan eller ved men også "
              "ble etter hva seg",
        letters="æøå"),
    "fi": Line("Finnish", module=True,
        words="ja on ei että se hän oli ovat kun mutta tai myös joka sen ole jos niin kuin mitä mukaan sekä "
              "voi tämä",
        letters="äö"),
    "pl": Line("Polish", module=True,
        words="i w na z do nie się że jest to o jak za po od dla ale co są przez lub oraz być tego który "
              "która które przy",
        letters="ąćęłńóśźż"),
    "cs": Line("Czech", module=True,
        words="a se v na je že s z do o k i to ve pro za by jsou jako ale od po které který která jeho není "
              "být nebo také až",
        letters="ěřůčšžýáíéúťďň"),
    "sk": Line("Slovak", module=True,
        words="a sa v na je že s z do o k aj to vo pre za by sú ako ale od po ktoré ktorý ktorá jeho nie byť "
              "alebo tiež až",
        letters="ľĺŕôäčšžýáíéúťďň"),
    "sl": Line("Slovenian",
        words="in je se na da so za v od s z ki kot ne to ali pa bi tudi po iz biti o pri še lahko",
        letters="čšž"),
    "hr": Line("Croatian", module=True, words=_CROATIAN,
        letters="čćđšž"),
    "hu": Line("Hungarian", module=True,
        words="a az és hogy nem is egy ez van volt meg csak de azt ha mint vagy már el még ki között után",
        letters="őűáéíóöúü"),
    "ro": Line("Romanian", module=True,
        words="și în de la a cu pe că nu un o este din pentru care mai se sunt sau fi al ce prin au fost "
              "această",
        letters="ăâîșțşţ"),
    "tr": Line("Turkish", module=True,
        words="ve bir bu için ile de da ne o daha çok gibi olarak olan var en kadar ama sonra ya her veya "
              "değil",
        letters="ğışçöü"),
    "vi": Line("Vietnamese", module=True,
        words="và của là có cho không được các trong với một những người này đã để từ khi như về ở sẽ cũng "
              "phải",
        letters="ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
    "id": Line("Indonesian", module=True,
        words="yang dan di dari untuk dengan ini itu pada dalam adalah tidak ke akan oleh atau juga sebagai "
              "karena bisa telah dapat"),
    "ca": Line("Catalan", module=True,
        words="el la els les de del dels i que en un una per amb no és es al als són com més o aquest "
              "aquesta però també seva ha ser",
        letters="àèòïç·"),
    "gl": Line("Galician", module=True,
        words="o a os as de do da e que en un unha por con non é se ao para como máis ou dos das pero este "
              "esta son tamén na no",
        letters="ñáéíóú"),
    "lt": Line("Lithuanian", module=True,
        words="ir yra kad į iš su ne tai kaip bet už ar jis buvo nuo per taip apie arba dėl",
        letters="ąčęėįšųūž"),
    "lv": Line("Latvian",
        words="un ir ka no par ar tas uz bet kas kā arī vai pie tā bija tiek savu lai",
        letters="āčēģīķļņšūž"),
    "et": Line("Estonian", module=True,
        words="ja on ei see et ta oli kui ka mis ning aga või oma seda selle mida olid ära veel siis",
        letters="õäöü"),
    "is": Line("Icelandic", module=True,
        words="og að í á er sem til um það en við ekki með var fyrir hann af eru því frá eftir",
        letters="þðæöáéíóúý"),
    "ru": Line("Russian", "cyrillic", module=True,
        words="и в не на что с по как это для из к от но он она они мы вы его за или был было так же при "
              "который",
        letters="ыэёъ"),
    "uk": Line("Ukrainian", "cyrillic", module=True,
        words="і в не на що з у та як це для до від але він вона вони ми ви його за або був було так при "
              "який",
        letters="іїєґ"),
    "be": Line("Belarusian", "cyrillic", module=True,
        words="і ў не на што з гэта як але для ці мы яго па ад у якія быць было таксама каб яны вы пра",
        letters="іў"),
    "bg": Line("Bulgarian", "cyrillic", module=True,
        words="и на да се в не от за че е са по с това как ще но ли към при или бъде които който беше",
        letters="ъщ"),
    "sr": Line("Serbian", "cyrillic latin", module=True,
        words="и у је се на да су за од с о који као што не то или али из би бити која са како није "
              + _CROATIAN,
        letters="ђћјљњџčćđšž"),
    "mk": Line("Macedonian", "cyrillic", module=True,
        words="и на во да се од за не е со што го ќе како но или ги кој беше тоа",
        letters="ѓќѕјљњџ"),
    "ar": Line("Arabic", "arabic", module=True),
    "fa": Line("Persian", "arabic", module=True,
        words="و در به از که این را با است برای آن یک می بر تا هم خود شد شود کرد",
        letters="پچژگیک"),
    "ja": Line("Japanese", "kana han", module=True,
        letters="込働峠畑辻沢渋浜仏駅黒円豊対実経関検済広売読図応変発気帯歳"
                "栄様県単価総続拠処験権戦争歩収団録斎児圧囲択満渓"),
    "zh": Line("Chinese", "han", module=True,
        words="的 了 着 过 在 和 与 及 或 并 且 而 之 其 是 有 为 以 于 对 从 将 等 就 也 都 不 被 把 向 "
              "由 所 这 那 该 此 各 每 我 你 他 她 它 们 则 至 到 时",
        letters="这们为说对时个发过还进从开问现样机实经动应军讲记长东业见张谈义务领华际战"
                "這們說對沒發與從樣實經應體國會來當關圖變區單廣賣讀續價氣帶歲榮總緣據處驗權歐團錄兒圍擇滿"
                "吗嗎你她很呢吧啊哪"),
    "ko": Line("Korean", "hangul", module=True),
    "el": Line("Greek", "greek", module=True,
        words="και το να του η της την τα με σε για είναι από που στο των τις οι δεν θα"),
    "he": Line("Hebrew", "hebrew", module=True),
    "hy": Line("Armenian", "armenian", module=True),
    "ka": Line("Georgian", "georgian"),
    "hi": Line("Hindi", "devanagari", module=True),
    "bn": Line("Bengali", "bengali", module=True),
    "pa": Line("Punjabi", "gurmukhi"),
    "gu": Line("Gujarati", "gujarati"),
    "ta": Line("Tamil", "tamil", module=True),
    "te": Line("Telugu", "telugu", module=True),
    "kn": Line("Kannada", "kannada"),
    "ml": Line("Malayalam", "malayalam"),
    "si": Line("Sinhala", "sinhala"),
    "th": Line("Thai", "thai", module=True),
    "lo": Line("Lao", "lao"),
    "bo": Line("Tibetan", "tibetan"),
    "my": Line("Burmese", "myanmar"),
    "km": Line("Khmer", "khmer"),
    "am": Line("Amharic", "ethiopic"),
}

_OTHERS: Mapping[str, Line] = {
    "af": Line("Afrikaans", module=True,
        words="die en van het nie is in dat sy te vir ek met op hy jy wat was aan as om ons maar ook sal "
              "hulle deur"),
    "arc": Line("Aramaic", "syriac"),
    "as": Line("Assamese", "bengali"),
    "az": Line("Azerbaijani", "latin cyrillic",
        words="və bir bu ki də da ilə üçün olan kimi daha çox var o ən isə sonra qədər edir idi hər amma",
        letters="əğıöüçş"),
    "ba": Line("Bashkir", "cyrillic"),
    "bs": Line("Bosnian", "latin cyrillic", module=True, words=_CROATIAN,
        letters="čćđšž"),
    "ce": Line("Chechen", "cyrillic"),
    "ckb": Line("Central Kurdish", "arabic"),
    "cv": Line("Chuvash", "cyrillic"),
    "cy": Line("Welsh",
        words="y yr yn a o i ar am mae ei eu gan wedi bod ac nid hyn ond fel neu dros hefyd"),
    "dv": Line("Dhivehi", "thaana"),
    "dz": Line("Dzongkha", "tibetan"),
    "eo": Line("Esperanto",
        words="la de kaj en estas al ne por kun oni mi li ĝi vi ke ĉi tiu sed aŭ pri kiel ankaŭ",
        letters="ĉĝĥĵŝŭ"),
    "eu": Line("Basque", module=True,
        words="eta da ez bat du den dira ere izan baina edo hau zuen egin dute beste horrek baino"),
    "ga": Line("Irish", module=True,
        words="an na agus ar go a i is le do ag tá bhí sé sí ní nach ach mar ón seo sin",
        letters="áéíóú"),
    "kk": Line("Kazakh", "cyrillic"),
    "ks": Line("Kashmiri", "arabic devanagari"),
    "ku": Line("Kurdish",
        words="û li ji di bi de ku ew ne jî na bo vê wî her kir bû lê",
        letters="êîûçş"),
    "ky": Line("Kyrgyz", "cyrillic"),
    "la": Line("Latin", module=True,
        words="et in est non ad cum ut sed qui quae quod ex per esse sunt ab de atque"),
    "lzh": Line("Literary Chinese", "han"),
    "mn": Line("Mongolian", "cyrillic mongolian"),
    "mr": Line("Marathi", "devanagari", module=True),
    "ms": Line("Malay", module=True,
        words="yang dan di dari untuk dengan ini itu pada dalam adalah tidak ke akan oleh atau juga sebagai "
              "kerana boleh telah ialah"),
    "mt": Line("Maltese",
        words="li ta il u ma fi biex għal kien dan tal minn hu mill bl jew kif",
        letters="ħġżċ"),
    "ne": Line("Nepali", "devanagari", module=True),
    "os": Line("Ossetian", "cyrillic"),
    "ps": Line("Pashto", "arabic"),
    "sa": Line("Sanskrit", "devanagari"),
    "sd": Line("Sindhi", "arabic"),
    "sq": Line("Albanian",
        words="dhe të e në i një për me nga që është si më u do ka por kjo ky janë nuk",
        letters="ëç"),
    "sw": Line("Swahili",
        words="na ya wa kwa ni katika la za kuwa hii cha kama lakini pia hiyo au yake watu"),
    "syr": Line("Syriac", "syriac"),
    "tg": Line("Tajik", "cyrillic"),
    "ti": Line("Tigrinya", "ethiopic"),
    "tl": Line("Tagalog", module=True,
        words="ang ng sa na mga at ay ito para hindi ako siya kung may mo ko din"),
    "tt": Line("Tatar", "cyrillic"),
    "ug": Line("Uyghur", "arabic"),
    "ur": Line("Urdu", "arabic", module=True),
    "uz": Line("Uzbek", "latin cyrillic",
        words="va bu bir bilan uchun ham deb edi emas qilish esa har shu"),
    "yi": Line("Yiddish", "hebrew", module=True),
    "yue": Line("Cantonese", "han", module=True),
}
# fmt: on

TABLE: Mapping[str, Line] = {**GUESSED, **_OTHERS}

# Further tags of languages in the table.
ALIASES: Mapping[str, str] = {"arb": "ar", "fil": "tl", "nb": "no", "nn": "no"}

# The languages whose forms simplemma's tables hold well enough, each with the name of its table. English has
# data of its own.
_TABLES = """
    bg ca cs cy da de el es et fi fr ga gl hi hu hy id is it ka la lt lv mk ms nl pl pt ro ru sk sl sq sv sw
    tl tr uk
"""
DICTIONARIES: Mapping[str, str] = {
    **{tag: tag for tag in _TABLES.split()},
    **dict.fromkeys(("bs", "hr", "sr"), "hbs"),
    "no": "nb",
}

# The scripts that a script subtag names; it outweighs the language.
SCRIPT_SUBTAGS: Mapping[str, tuple[str, ...]] = {
    "latn": ("latin",),
    "cyrl": ("cyrillic",),
    "arab": ("arabic",),
    "hans": ("han",),
    "hant": ("han",),
    "mong": ("mongolian",),
    "deva": ("devanagari",),
}

# These characters distinguish the two orthographies of Chinese.
SIMPLIFIED = "这们为说对时个没发过还进与从开问现样机实体经动应军讲记长东业当见张谈义务领华际战国会来关"
TRADITIONAL = "這們為說對時個沒發過還進與從開問現樣機實體經動應軍講記長東業當見張談義務領華際戰國會來關"
TRADITIONAL_SUBTAGS = frozenset({"hant", "tw", "hk", "mo"})
