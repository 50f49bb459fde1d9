"""The words and shapes a referral mail is read by: labels, titles, languages, reasons. Only patterns, no reading."""

import re

from desktop.rules.dates import MONTHS

UPPER = r"[^\W\d_a-zß-öø-ÿ]"
INITIAL = r"(?:[^\W\d_]{1,3}\.(?:-?[^\W\d_]{1,3}\.){0,5})"
SMALL = (
    r"(?:[Vv]an|[Vv]on|[Dd]e|[Dd]en|[Dd]er|[Tt]en?|[Tt]er|['’][ts]|[Oo]p|[Ii]n|[Vv]\.d\.|[Dd][aiou]s?|[Ee]l"
    r"|[Aa]l|[Bb][ei]n)"
)
WORD = rf"{UPPER}[\w'’\-]{{1,40}}"
PERSON = (
    rf"(?:{INITIAL} ?){{0,3}}(?:\([^\W\d_]{{2,20}}\) )?(?:{SMALL} ){{0,3}}(?:[dDlLO]['’])?{WORD}"
    rf"(?: (?:{SMALL} ){{0,3}}{WORD}){{0,3}}"
)
TITLE = r"(?:[Dd]e heer|[Mm]eneer|[Mm]ijnheer|[Mm]evrouw|[Mm]evr|[Mm]w|[Mm]vr|[Dd]hr|[Hh]r|Mrs|Ms|Mr|MW|DHR)"
MONTH = "|".join(
    [
        *MONTHS,
        "january",
        "february",
        "march",
        "may",
        "june",
        "july",
        "august",
        "october",
        *(month[:3] for month in MONTHS),
        "mrt",
        "oct",
    ]
)
DATE = (
    rf"(?:\d{{1,2}} ?[-/.] ?\d{{1,2}} ?[-/.] ?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}[ -](?:{MONTH})\.?[ -]'?(?:\d{{4}}|\d{{2}})|\d{{8}})(?!\d)"
)
PATIENT = r"(?:pati[eë]nte?|cli[eë]nte?|deelnemer|inwoner|bewoner|patient)"
LABELS = {
    "name": rf"(?:volledige )?naam(?: (?:van (?:de )?)?{PATIENT})?|(?:full )?name|{PATIENT}(?:naam)?|patient name"
    r"|betreft",
    "surname": r"achternaam|surname|last name|geslachtsnaam",
    "first_name": r"voorna(?:am|men)|roepnaam|first name",
    "initials": r"voorletters?|initialen|initials",
    "tussenvoegsel": r"tussenvoegsels?|voorvoegsels?",
    "birth": r"geboortedatum|geb\.? ?-?datum|geb\. ?dat\.?|geboren(?: op)?|date of birth|birth ?date"
    r"|d\.?o\.?b\.?|geb\.?",
    "sex": r"geslacht|sekse|gender|sex|m/v",
    "address": r"(?:woon)?adres(?:gegevens)?|straat(?:naam)?(?: (?:en|\+|/) ?(?:huis)?nummer| \+ nr\.?)?|address",
    "number": r"huisnummer|huisnr\.?",
    "postcode": r"postcode(?: ?(?:/|\+|en) ?(?:woon)?plaats)?|pc|postal code",
    "town": r"(?:woon)?plaats|stad|gemeente|town|city",
    "phone": r"tel(?:efoon)?(?:[ .-]?(?:nummers?|nr))?\.?(?: (?:mobiel|priv[eé]|thuis|vast))?|mob(?:iel)?"
    r"(?: ?(?:nummer|nr))?\.?|gsm|phone(?: number)?|mobile|06(?:-nummer)?|t",
    "email": r"e-?mail(?:adres)?|mail(?:adres)?",
    "reason": r"(?:reden|aanleiding|doel)(?: (?:van |voor )?(?:de )?(?:verwijzing|aanmelding|consult))?|zorgvraag"
    r"|hulpvraag|vraag(?:stelling)?|verwijsreden|(?:extra )?toelichting|opmerking(?:en)?"
    r"|bijzonderheden|notitie"
    r"|reason(?: for referral)?|situatie|context|achtergrond|klachten|probleem|problematiek|wensen?"
    r"|interesses?",
    "consent": rf"toestemming(?: (?:van )?(?:de )?{PATIENT})?(?: gegeven)?"
    rf"|(?:{PATIENT} )?akkoord(?: (?:van )?(?:de )?{PATIENT})?|consent"
    rf"|{PATIENT} (?:gaat |is )?akkoord",
    "referrer": r"(?:naam )?verwijzer|verwezen door|verwijzend(?:e)? (?:huis)?arts|aangemeld door|aanmelder|aanvrager"
    r"|referr(?:er|ed by)|huisarts|ingezonden door|gp",
    "practice": r"(?:naam )?(?:huisartsen)?praktijk|practice|instelling|organisatie|zorgaanbieder",
    "date": r"(?:verwijs)?datum(?: (?:van )?(?:de )?(?:verwijzing|aanmelding))?|date|verzonden|sent|d\.d\.",
    "language": r"(?:voer|moeder|spreek)?taal|spreekt|language",
    "interpreter": r"tolk(?: (?:nodig|gewenst))?|interpreter(?: needed)?",
    "reference": r"(?:uw |ons )?kenmerk|referentie(?:nummer)?|verwijs(?:ing)?s?nummer|zorgdomein ?-?nummer"
    r"|zd-?nummer|transactienummer|reference",
    "report_to": r"(?:graag )?terugkoppeling(?: (?:graag )?(?:aan|naar))?|rapportage aan|feedback to|report to",
    "best_time": r"bel(?:tijd|moment)(?:en)?|beste (?:bel)?(?:tijd|moment)(?: om te bellen)?"
    r"|bereikbaar(?:heid)?|best time"
    r"(?: to call)?",
    "agb": r"agb(?:[ -]?code)?",
    "bsn": r"bsn(?:[ -]?(?:nr|nummer))?|burgerservicenummer|sofi-?nummer",
    "subject": r"onderwerp|subject",
    "from": r"van|from|afzender",
    "to": r"aan|to|cc|bcc",
}
LABEL = re.compile(
    r"(?<![\w\-'’])(?:"
    + "|".join(rf"(?P<{name}>{pattern})" for name, pattern in sorted(LABELS.items(), key=lambda item: -len(item[1])))
    + r")(?: ?\([^()\n]{0,25}\))?(?:[ \t]{0,5}:|\t)[ \t]{0,20}",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"^(van|from|afzender|aan|to|cc|bcc|onderwerp|subject|verzonden|sent)[ \t]{0,5}:([^\n]{0,300})$",
    re.IGNORECASE | re.MULTILINE,
)
BORN_AT_END = re.compile(
    r"[ ,(]{0,4}\(?(?:geb(?:oren|oortedatum|\.?datum)?\.?(?: op)?|born|d\.?o\.?b\.?|°"
    r"|\*)[ .:]{0,3}$",
    re.IGNORECASE,
)
NAME_END = re.compile(r"(?<!\bmevr)(?<!\bdhr)(?<!\bmvr)(?<!\bdrs)(?<=[^\W\d_]{3})\. |\t| {3}| - ", re.IGNORECASE)
TOWN = re.compile(
    rf"[ ,]{{0,3}}(?:te |in )?((?:['’]s-)?{UPPER}[\w'’\-]{{1,30}}"
    rf"(?: (?:aan|de|den|der|op|bij|{UPPER}[\w'’\-]+)){{0,4}}|[a-zà-ÿ\-]{{3,30}}(?=[ .]*(?:$|\n)))"
)
STREET_AT_END = re.compile(
    rf"((?:\d{{1,2}}e )?(?:['’][ts] ?)?{UPPER}[\w'’.\-]{{2,40}}(?: [\w'’\-]{{2,30}}){{0,4}} \d{{1,5}}"
    rf"(?:(?! te | in )[^\n,;()\x1f]){{0,12}})(?: te| in)?[ ,\n\t]{{1,4}}$"
)
ONLY_ASKS = re.compile(r"[\s\x1f]*(?:[Ww]ij |[Ii]k )?(?:[Gg]raag|[Ww]il\w*|[Pp]lease)?[\s\x1f]*")
SEPARATOR = re.compile(r"^[ \t]{0,20}(?:[-_=*—–][ \t]?){5,}$", re.MULTILINE)
PERSON_STARTS = re.compile(
    rf"(?i:(?:{LABELS['name']}|{LABELS['birth']}|{LABELS['surname']})[ \t]*[:\t])|\b{TITLE}\.? {PERSON}"
    rf"|\b(?:geb|geboren|born)\b[ .:]{{0,3}}(?:op )?{DATE}|\b(?i:{PATIENT}) {PERSON}"
)
GREETING = re.compile(
    r"^[ \t]*(?:beste|geachte|dag|hoi|hallo|hi|dear|goede(?:morgen|middag|navond)|l\.?s\.?|best)\b"
    r"(?=[^\n:]{0,60},)[^\n:,]{0,60},|^[ \t]*(?:l\.s\.|hoi|hallo|goedemorgen"
    r"|goedemiddag)[!.]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
CLOSING = re.compile(
    r"(?:^[ \t]*|(?<=[.!?,;)] )|(?<=[.!?,;)]  )|(?<=\w  ))(?:(?:met )?(?:vriendelijke|hartelijke"
    r"|collegiale) groet(?:en)?"
    r"|met groet|m\.?v\.?g\b\.?|vr\.? ?gr\b\.?|grt?\b\.?|groet(?:en|jes)?\b|hgr\b|(?:(?:kind|best|warm) )?regards\b"
    r"|hoogachtend\b|yours sincerely\b)[ \t]*[,.!:]?",
    re.IGNORECASE | re.MULTILINE,
)
ROLES = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        (r"\bpoh\b[ -]{0,2}ggz|praktijkondersteuner[ -]{0,2}ggz|\bpoh-?g\b", "poh_ggz"),
        (r"\bpoh\b[ -]{0,2}(?:somatiek|s\b(?!\.))|praktijkondersteuner[ -]{0,2}somatiek", "poh_s"),
        (r"assistente?\b|\bassistant", "assistant"),
        (r"fysiotherap|physio", "physio"),
        (r"maatschappelijk werk|social worker", "social_worker"),
        (r"wijkteam|sociaal team", "neighbourhood_team"),
        (r"\bhuisarts\b|\bhaio\b|general practitioner|\bgp\b|\bdokter\b", "gp"),
    )
)
ROLE_WORDS = re.compile(
    r"(?:\bpoh\b(?:[ -](?:ggz|somatiek|s\b(?!\.)))?|praktijkondersteuner(?:[ -]ggz)?|(?:praktijk"
    r"|dokters)?assistente?|"
    r"(?:waarnemend )?huisarts\b|haio|fysiotherapeut\w*|maatschappelijk werk(?:st)?er|general practitioner"
    r"|\bgp\b|dokter|"
    r"\bdrs?\b\.?)[ ,:]{0,3}",
    re.IGNORECASE,
)
PRACTICE = re.compile(
    rf"\b((?:[Hh]uisartsen|[Gg]roeps|[Ff]ysio)?[Pp]raktijk|[Gg]ezondheids-?[Cc]entrum|[Hh]uisartsen(?:centrum|post)"
    rf"|[Mm]edisch [Cc]entrum|HAP|HOED)((?: (?:[Dd]e|[Hh]et|[Vv]an|[Dd]er|[Dd]en|['’]t|en|&|{WORD}"
    rf"|{UPPER}\.)){{1,6}})"
)
EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}(?![\w@])")
TIMES = re.compile(
    r"(?:(?:liever |bij voorkeur )?niet |alleen |het liefst |liefst )?(?:"
    r"['’]?s[ -](?:ochtends|morgens|middags|avonds)|overdag|doordeweeks|in het weekend"
    r"|\b(?:(?:in|na|voor|vóór|tegen) de |de )?(?:ochtend|voormiddag|middag|namiddag|avond)(?:en|uren)?\b"
    r"|(?:na|voor|vóór|vanaf|tot|rond|om) \d{1,2}(?:[.:]\d{2})?(?: ?uur|u\b)?"
    r"|tussen \d{1,2}(?:[.:]\d{2})?(?: uur)? (?:en|-) \d{1,2}(?:[.:]\d{2})?(?: ?uur|u\b)?"
    r"|(?:op )?(?:maan|dins|woens|donder|vrij|zater)dag(?:en|s)?(?:ochtend|middag|avond)?"
    r"|(?:in the )?(?:mornings?|afternoons?|evenings?)|after \d{1,2}(?::\d{2})?(?: ?[ap]m)?|after work|na het werk)",
    re.IGNORECASE,
)
CALLING = re.compile(r"\bbel(?:len|t|tijd)?\b|bereik(?:en|baar)|\bcall|\breach", re.IGNORECASE)
LANGUAGES = {
    "Turks": "turks|turkish",
    "Arabisch": "arabisch|arabic|syrisch",
    "Berbers": "berbers|tamazight|tarifit|riffijns",
    "Marokkaans-Arabisch": "marokkaans|darija",
    "Pools": "pools|polish",
    "Engels": "engels|english",
    "Tigrinya": "tigrinya|tigrigna",
    "Somalisch": "somalisch|somali",
    "Farsi": "farsi|perzisch|persian",
    "Dari": "dari",
    "Pasjtoe": "pasjtoe|pashto",
    "Oekraïens": "oekra[iï]ens|ukrainian",
    "Russisch": "russisch|russian",
    "Chinees": "chinees|mandarijn|kantonees|chinese",
    "Vietnamees": "vi[eë]tnamees|vietnamese",
    "Spaans": "spaans|spanish",
    "Portugees": "portugees|portuguese",
    "Frans": "frans|french",
    "Duits": "duits|german",
    "Papiaments": "papiament[so]u?",
    "Bulgaars": "bulgaars|bulgarian",
    "Roemeens": "roemeens|romanian",
    "Koerdisch": "koerdisch|kurdish|sorani|kurmanci",
    "Hindi": "hindi",
    "Urdu": "urdu",
    "Italiaans": "italiaans|italian",
    "Bosnisch": "bosnisch",
    "Servisch": "servisch",
    "Kroatisch": "kroatisch",
    "Grieks": "grieks",
    "Amhaars": "amhaars",
    "Hongaars": "hongaars",
    "Tamil": "tamil",
    "Gebarentaal": "gebarentaal",
}
LANGUAGE = re.compile(
    "|".join(rf"\b(?P<l{number}>{words})\b" for number, words in enumerate(LANGUAGES.values())), re.IGNORECASE
)
SPEAKS = re.compile(r"taal|tolk|spreek|spreken|interpreter|speaks|language|nederlands", re.IGNORECASE)
INTERPRETER = re.compile(r"(geen |no )?(?:\w{0,12}tolk\b|\binterpreter\b)(?: is)?( niet| not)?", re.IGNORECASE)
YES = re.compile(
    r"(?:die |zij |hij |en |patient |pati[eë]nte? )?(?:hier ?mee|hiermede|ermee|gaat|is|met)?(?: hier ?mee"
    r"| ermee)?\s?akkoord"
    r"(?! ?(?:van )?(?:de )?(?:pati\w+)? ?[:?])(?: (?:gaat|is|met [^\n.,;]{0,40}))?|(?:geeft|gaf|heeft|met"
    r"|mondelinge?|schriftelijke?) (?:\w{2,15} )?toestemming"
    r"(?: (?:gegeven|verleend|van [^\n.,;]{1,30}))?|toestemming (?:is )?(?:gegeven|verkregen|gekregen|akkoord)"
    r"|stemt (?:hiermee )?in\b|\b(?:has )?(?:consented|consents|agree[sd]|given consent|gave consent)",
    re.IGNORECASE,
)
NO = re.compile(
    r"\b(?:geen|zonder) (?:\w{2,15} )?toestemming|\bniet akkoord|\bgaat (?:hier ?mee "
    r"|ermee )?niet akkoord"
    r"|toestemming (?:is )?(?:niet|geweigerd|ingetrokken)|\b(?:no|without|not given) consent"
    r"|does not (?:consent|agree)|\bdid not (?:consent|agree)",
    re.IGNORECASE,
)
NOT_ASKED = re.compile(
    r"toestemming (?:is )?(?:nog )?(?:niet )?(?:gevraagd|besproken)|nog (?:geen|niet) (?:\w+ )?"
    r"(?:toestemming|akkoord)|toestemming (?:nog )?(?:te )?vragen",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"(?P<yes>ja|yes|j|y|akkoord|gegeven|verkregen|verleend|mondeling|schriftelijk|given)\b|(?P<no>nee|neen|no"
    r"|n|geen|niet"
    r"|geweigerd)\b|(?P<open>nog (?:te )?vragen|onbekend)",
    re.IGNORECASE,
)
ANSWER_MORE = re.compile(
    rf"(?:[ ,;/(.\-]{{0,4}}(?:ja|mondeling|schriftelijk|getekend|gegeven|verkregen|van"
    rf"|pati[eë]nte?"
    rf"|door|de|op|d\.d\.|dd\.?|given|verbal(?:ly)?|on|{DATE})\)?){{0,8}}",
    re.IGNORECASE,
)
REPORT_TO = re.compile(
    rf"\b(?i:terugkoppeling|terugkoppelen|terugbericht|bericht|verslag|feedback|report back)(?: (?i:graag"
    rf"|s\.v\.p\.|svp|please))?"
    rf" (?i:aan|naar|richting|to) (?P<to>(?i:de |onze |mij\b|the )?(?:(?i:poh(?:[ -](?:ggz|s(?!\.)))?|huisarts"
    rf"|praktijkondersteuner"
    rf"|dokter|drs?\.?|mevrouw|mw\.?|dhr\.?|meneer|assistente?)[ ,]{{1,2}}){{0,3}}(?:{PERSON})?)"
)
LIVES = re.compile(
    r"(?:\b(?i:hij|zij|ze|she|he) )?\b(?i:woont|wonende|lives)(?: (?i:op|aan|in|at|te))?(?: (?i:de|het|the))?"
    rf" (?P<street>{UPPER}[\w'’.\-]{{2,40}}(?: [\w'’\-]{{2,30}}){{0,3}} \d{{1,5}}(?: ?[a-zA-Z]\b| bis\b)?)"
    rf"(?:,? (?:in|te)? ?(?P<town>{WORD}(?: (?:aan|de|den|{WORD})){{0,3}}))?"
)
REFERENCE = re.compile(
    r"(?:zorgdomein|\bzd|verwij[sz]\w{0,12}|referral)\W{0,3}(?:\w{2,12}\W{1,2}){0,2}"
    r"(?P<number>(?:ZD-?)?\d{4}-\d{4,10}|ZD-?\d{5,12})",
    re.IGNORECASE,
)
CHANNELS = ("zorgdomein", "zorgmail", "zivver", "siilo")
RELATIVES = re.compile(
    r"(?:dochter|zoon|kind|partner|echtgeno\w+|man|vrouw|zus|broer|buur\w*|moeder|vader"
    r"|mantelzorg\w*"
    r"|contactpersoon|daughter|son|husband|wife|collega|dokter|arts|aan|POH|GGZ)[ ,:(]{1,3}$",
    re.IGNORECASE,
)
NOT_A_NAME = frozenset(
    (
        "graag",
        "zij",
        "hij",
        "tel",
        "telefoon",
        "adres",
        "reden",
        "geb",
        "geboren",
        "toestemming",
        "woont",
        "heeft",
        "is",
        "met",
        "voor",
        "van",
        "de",
        "het",
        "een",
        "welzijn",
        "recept",
        "verwijzing",
        "onderstaande",
        "patient",
        "patiënt",
        "bovenstaande",
        "wil",
        "zou",
        "kan",
        "please",
        "the",
        "she",
        "he",
        "and",
        "for",
        "call",
        "is",
        "has",
        "bsn",
        "mobiel",
        "email",
        "mail",
        "sinds",
        "nu",
        "ook",
        "last",
        "beweegt",
        "komt",
        "voelt",
        "kunt",
        "kun",
        "onderwerp",
        "ja",
        "nee",
        "onbekend",
        "geboortedatum",
        "geslacht",
        "telefoonnummer",
        "woonplaats",
        "postcode",
        "datum",
        "huisarts",
        "verwijzer",
        "praktijk",
        "bericht",
        "naam",
    )
)
BOILERPLATE = re.compile(
    r"^(?:graag (?:uw|jullie|je) (?:hulp|aandacht|ondersteuning)\b[^\n]{0,40}|"
    r"(?:hierbij|bij deze|hiermee|graag)\b[^\n]{0,40}(?:verwij[sz]|aanmeld|meld)[^\n]{0,60}"
    r"|(?:ik |wij |we )?(?:kun|kunt|wil|wilt|willen|kunnen|zou|zouden|could|can|please)\b[^\n]{0,50}"
    r"(?:bellen|contact opnemen|call(?: him| her)?|phone)\b[^\n]{0,15}|graag (?:bellen|contact opnemen|contact)"
    r"|(?:alvast |hartelijk |heel erg )?(?:hartelijk )?(?:dank|bedankt|thanks?)\b[^\n]{0,40}"
    r"|[^\n]{0,60}(?:e-?mail|bericht)[^\n]{0,40}(?:vertrouwelijk|bestemd voor|confidential)[^\n]{0,300}"
    r"|disclaimer[^\n]{0,300}|(?:op|on) [^\n]{6,80}(?:schreef|wrote)[^\n]{0,60}|verzonden vanaf mijn [^\n]{1,30}"
    r"|sent from my [^\n]{1,30}|zie (?:onder|hieronder|onderstaand)[^\n]{0,30}|verwijzing|zorgdomein"
    r"|welzijn op recept"
    r"|bel(?:len)? (?:haar|hem|hen)?(?: op)?(?: s\.?v\.?p\.?)?|(?:voor )?onderstaande pati[eë]nte?"
    r"|(?:graag )?terugkoppeling|ter info|fyi)$",
    re.IGNORECASE,
)
FILLERS = re.compile(r"\b(?:of|en|op|te|in|via|or|and|on|tel)\b\.?", re.IGNORECASE)  # nothing by themselves
CAUSE = re.compile(
    r"\b(?:wegens|omdat|vanwege|i\.?v\.?m\b|in verband met|i\.?h\.?k|vermoeden|because|due to|zodat)", re.IGNORECASE
)

# Keywords per reason; searched in the text that is left, small letters, "geen/niet" before it cancels.
REASON_WORDS = {
    "loneliness": r"eenza\w+|alleen(?:staand| thuis)|isolement|ge[iï]soleerd|(?:weinig|klein"
    r"|geen) (?:sociale? )?(?:contact\w*"
    r"|netwerk)|komt (?:weinig|niet|nauwelijks) buiten|lonel\w+|isolated|kent (?:hier )?niemand",
    "mood": r"somber\w*|neerslachtig\w*|stemming\w*|piek\w*|angst(?:ig\w*|en)?\b|low mood|anxi\w+",
    "stress": r"stress\w*|gespannen|overbelast\w*|overspannen|burn-? ?out\w*|spanning(?:en|sklachten)?|drukte",
    "meaning": r"zingeving\w*|zin in het leven|doelloos\w*|leegte|zinloos\w*|nutteloos|lack of purpose|geen doel",
    "grief": r"rouw\w*|overl[ie]\w*den|overlijden|verlies van|verloren|weduw\w*|overleed|grief|bereave\w*|widow\w*"
    r"|(?:husband|wife|partner) died",
    "money": r"schuld(?:en|enproblematiek|hulp\w*)?|financi\w+|geldzorg\w*|geldproblem\w*|geld\b|rondkomen"
    r"|debts?\b|money",
    "relations": r"relatie\w*|scheiding|gescheiden|gezin\w*|familie ?problem\w*|ruzie\w*|huwelijk\w*|opvoed\w*"
    r"|divorce\w*",
    "physical": r"lichamelijke klachten|pijnklachten|chronische pijn|vage klachten|rugklachten|hoofdpijn|moe\b"
    r"|vermoeid\w*"
    r"|lichamelijk",
    "inactivity": r"(?:beweegt|beweging|bewegen|sport) (?:te |veel te |heel )?weinig|(?:te "
    r"|veel te )?weinig (?:beweging|bewegen)"
    r"|bewegingsarm\w*|inactief|meer (?:gaan )?bewegen|zit veel|too little exercise|exercise|conditie",
    "overweight": r"overgewicht|te zwaar|afvallen|obes\w+|leefstijl\w*|gewicht\w*|ongezond\w*|overweight|lifestyle",
    "sleep": r"slaap\w*|slapen|slaapt slecht|insomnia|sleep\w*",
    "daytime": r"dagbesteding\w*|daginvulling\w*|dagstructuur|dagritme|thuiszit\w*|verveelt zich|verveling|werkloos"
    r"|structuur|invulling van de dag|nothing to do",
    "digital": r"digita\w+|digid|computer\w*|smartphone\w*|internet\w*",
    "language": r"taalbarri\w*|taal(?:achterstand|problem\w*|les\w*)|laaggeletterd\w*|(?:spreekt"
    r"|beheerst) (?:\w+ )?(?:geen|weinig"
    r"|slecht|matig) (?:\w+ )?nederlands|inburger\w*|analfabe\w*|language barrier|speaks (?:little"
    r"|no) dutch",
    "carer": r"mantelzorg\w*|zorgt voor (?:haar|zijn|een|de)|carer|caring for|caregiver",
    "frequent": r"komt (?:heel |erg |zeer )?(?:vaak|veel|frequent) (?:op|bij|naar)|frequent\w* (?:bezoek\w*"
    r"|spreekuur\w*|attend\w*)"
    r"|veel(?:vuldig)? (?:consulten|huisartsbezoek)|veelbezoeker",
}
REASONS = tuple(
    (code, re.compile(rf"(?<!\bgeen )(?<!\bniet )(?<!\bno )(?<!\bnot )\b(?:{words})", re.IGNORECASE))
    for code, words in REASON_WORDS.items()
)
BIRTH = re.compile(
    rf"(?:\bgeb(?:oren|oortedatum|\.? ?datum)?|\bborn|\bd\.?o\.?b|°|\*)[ .:]{{0,4}}(?:op "
    rf"|on )?({DATE})",
    re.IGNORECASE,
)
FREE_NAMES = (
    re.compile(rf"\b(?P<title>{TITLE})\b\.? (?P<person>{PERSON})"),
    re.compile(rf"\b(?i:{PATIENT}|pat\.|pt\.)[ ,]{{1,2}}(?P<person>{PERSON})"),
    re.compile(
        rf"(?P<person>{PERSON})[ ,(]{{1,4}}(?i:geb(?:oren|\.? ?datum|oortedatum)?|born|d\.?o\.?b|°"
        rf"|\*)?[ .:]{{0,4}}"
        rf"(?=(?i:op |on )?(?i:{DATE}))"
    ),
    re.compile(rf"\A[\s\x1f]{{0,200}}(?P<person>{PERSON})(?=[ ,:\t]{{1,4}}[\d(+\x1f])"),
)
