//! A crowd: as many people as a large organization has, with the names that people have.
//!
//! Whoever stands at a place is always the same, made of small lists; nobody is stored here.

/// Two people, at the places 0 and 1.
pub const TWICE: &str = "Alex Morgan";
pub const ARABIC: &str = "مريم بنت يوسف";
pub const HEBREW: &str = "נועה בן־דוד";
pub const CHINESE: &str = "歐陽美玲";
pub const KOREAN: &str = "남궁서연";
/// Of several code points that are one sign.
pub const EMOJI: &str = "🦄 Ada 👩🏽‍💻";
/// The same name but for its apostrophe.
pub const APOSTROPHE: &str = "Mary O'Neil";
pub const APOSTROPHE_CURLY: &str = "Mary O’Neil";
/// 228 characters.
pub const LONG: &str = "Maria del Carmen Francisca de Paula Juana Nepomucena Josefa Antonia Cayetana \
    Teresa Isabel Luisa Fernanda Victoria Eugenia Rosalía Guadalupe Concepción Inmaculada von und zu \
    Hohenstein-Wittelsbach-Esterházy de Galántha y Montijo";
/// Nothing but blanks, three kinds of them.
pub const BLANK: &str = " \u{a0}\u{3000}";

/// Those whose names tests know, by their places. The last one has no name on file.
const KNOWN: [&str; 12] =
    [TWICE, TWICE, ARABIC, HEBREW, CHINESE, KOREAN, EMOJI, APOSTROPHE, APOSTROPHE_CURLY, LONG, BLANK, ""];

/// The place of who has no name on file.
pub const NAMELESS: usize = KNOWN.len() - 1;

/// Each writing with its given and its family names. Two of one writing make four hundred people.
struct Writing {
    given: [&'static str; SIZE],
    family: [&'static str; SIZE],
    family_first: bool,
    between: &'static str,
}

const SIZE: usize = 20;

/// How many places have names of their own.
#[cfg(test)]
const MOST: usize = WRITINGS.len() * SIZE * SIZE;

/// What somebody is called. None: no name is on file.
pub fn name(place: usize) -> Option<String> {
    match KNOWN.get(place) {
        Some(known) => Some(known).filter(|known| !known.is_empty()).map(|known| known.to_string()),
        None => Some(made(place)),
    }
}

/// Given and family name, where a provider keeps them apart. Both are empty if no name is on file.
pub(crate) fn given_and_family(place: usize) -> (String, String) {
    let (given, family) = match KNOWN.get(place) {
        None => {
            let (_, given, family) = parts(place);
            (given, family)
        }
        Some(known) => known.rsplit_once(' ').unwrap_or_else(|| {
            // The known names without a blank begin with a family name of two signs.
            let end = known.char_indices().nth(2).map_or(0, |(end, _)| end);
            (&known[end..], &known[..end])
        }),
    };
    (given.to_string(), family.to_string())
}

pub(crate) fn email(place: usize) -> String {
    format!("member-{place:04}@example.com")
}

/// An id, another one for each place and each kind of things.
pub(crate) fn uuid(kind: &str, place: usize) -> String {
    let seed = kind.bytes().fold(place as u64, |seed, byte| mixed(seed ^ u64::from(byte)));
    let (high, low) = (mixed(seed), mixed(!seed));
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    format!(
        "{first:08x}-{second:04x}-4{third:03x}-a{:03x}-{:012x}",
        low >> 48 & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

fn parts(place: usize) -> (&'static Writing, &'static str, &'static str) {
    let writing = &WRITINGS[place % WRITINGS.len()];
    let turn = place / WRITINGS.len();
    // Both names change from one to the next, and no pair comes again before all have come.
    (writing, writing.given[turn % SIZE], writing.family[(turn + turn / SIZE) % SIZE])
}

fn made(place: usize) -> String {
    let (Writing { between, family_first, .. }, given, family) = parts(place);
    let (first, last) = if *family_first { (family, given) } else { (given, family) };
    let mark = if place.is_multiple_of(97) { " 🚀" } else { "" };
    format!("{first}{between}{last}{mark}")
}

/// One step of SplitMix64.
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ seed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ seed >> 31
}

#[rustfmt::skip]
static WRITINGS: [Writing; 8] = [
    Writing {
        given: [
            "Aoife", "Benjamin", "Charlotte", "Declan", "Eleanor", "Fergus", "Grace", "Harriet", "Isla", "Jack",
            "Kieran", "Lucy", "Maeve", "Niamh", "Oscar", "Poppy", "Rory", "Sophie", "Thomas", "Violet",
        ],
        family: [
            "O'Connor", "O’Connor", "D'Souza", "D’Souza", "O'Malley", "Fitzgerald", "M'Bala", "St. John", "Smith-Jones", "Kelly",
            "Byrne", "Walsh", "Taylor", "Brown", "Wilson", "Evans", "Wright", "Hughes", "Green", "Clarke",
        ],
        family_first: false, between: " ",
    },
    Writing {
        given: [
            "Jürg", "Gerða", "Åsa", "Björn", "Dagný", "Elīna", "Frøya", "Günther", "Håkon", "Ingeborg",
            "Jörg", "Käthe", "Lars", "Märta", "Øystein", "Pál", "Renāte", "Søren", "Tõnu", "Ýmir",
        ],
        family: [
            "Große", "Müller-Lüdenscheidt", "Þórsdóttir", "Ærøskøbing", "Šķēle", "Nagy", "Kőszegi", "Lindström", "von der Höh", "Weiß",
            "Bäcker", "Dahl", "Eriksen", "Jäger", "Kröger", "Mäkinen", "Õunapuu", "Schäfer", "Virtanen", "Žukauskas",
        ],
        family_first: false, between: " ",
    },
    Writing {
        given: [
            "Amélie", "Beatriz", "Céline", "Diogo", "Élodie", "François", "Gaël", "Hélène", "Inês", "João",
            "Lucía", "Maïwenn", "Noël", "Óscar", "Pénélope", "Raúl", "Séverine", "Tomás", "Úrsula", "Zélie",
        ],
        family: [
            "de l'Église", "de l’Église", "N'Diaye", "N’Diaye", "Núñez", "Gonçalves", "Lefèvre", "da Conceição", "Château", "Ibáñez",
            "Bélanger", "Castaño", "Dupré", "Español", "Fernández", "Garçon", "Leão", "Muñoz", "Simões", "Vélez",
        ],
        family_first: false, between: " ",
    },
    Writing {
        given: [
            "أحمد", "بشرى", "جميل", "حنان", "خالد", "دانة", "رامي", "زينب", "سامي", "شيماء",
            "صالح", "طارق", "عائشة", "غادة", "فاطمة", "كريم", "لينا", "منى", "نور", "ياسمين",
        ],
        family: [
            "الأنصاري", "البغدادي", "التونسي", "الجزائري", "الحداد", "الخطيب", "الدمشقي", "الرشيد", "الزهراني", "السيد",
            "الشامي", "الصباغ", "الطيب", "العمري", "الغامدي", "الفارسي", "القاسم", "الكردي", "المصري", "النجار",
        ],
        family_first: false, between: " ",
    },
    Writing {
        given: [
            "אברהם", "ברכה", "גלעד", "דבורה", "הדס", "ורד", "זאב", "חנה", "טל", "יעל",
            "כרמל", "לאה", "מיכל", "נעמי", "סיגל", "עדי", "פנינה", "צביה", "רות", "שירה",
        ],
        family: [
            "אבן", "ביטון", "גולן", "דיין", "הראל", "וקנין", "זילברמן", "חדד", "טולדנו", "יוסף",
            "כהן", "לביא", "מזרחי", "נחמיאס", "סלע", "עמר", "פרץ", "צור", "קליין", "שפירא",
        ],
        family_first: false, between: " ",
    },
    Writing {
        given: [
            "安琪", "博文", "春燕", "大偉", "恩慈", "芳", "國強", "海濤", "嘉欣", "俊傑",
            "坤", "麗華", "明", "寧", "佩珊", "強", "若曦", "淑芬", "婷", "小龍",
        ],
        family: [
            "王", "李", "張", "劉", "陳", "楊", "黃", "趙", "吳", "周",
            "徐", "孫", "馬", "朱", "胡", "郭", "何", "高", "司馬", "諸葛",
        ],
        family_first: true, between: "",
    },
    Writing {
        given: [
            "가영", "나윤", "다은", "라희", "민재", "보람", "상우", "세라", "아름", "영호",
            "예진", "우빈", "유나", "재현", "지훈", "채원", "태양", "하늘", "현주", "희망",
        ],
        family: [
            "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임",
            "한", "오", "서", "신", "권", "황", "안", "송", "선우", "제갈",
        ],
        family_first: true, between: "",
    },
    Writing {
        given: [
            "Алёна", "Богдан", "Вера", "Григорий", "Дарья", "Євген", "Жанна", "Зоя", "Ірина", "Константин",
            "Αλέξανδρος", "Βασιλική", "Γεώργιος", "Δήμητρα", "Ελένη", "สมชาย", "มาลี", "Thị Hương", "Đức", "Nguyệt",
        ],
        family: [
            "Авдеева", "Бондаренко", "Гончарова", "Щербак", "Ющенко", "Αγγελόπουλος", "Ιωάννου", "Παπαδοπούλου", "ศรีสุข", "ทองดี",
            "Nguyễn", "Trần", "Phạm", "Hồ", "Đặng", "Żółtowski", "Łęcki", "Dvořáková", "Čech", "İnönü",
        ],
        family_first: false, between: " ",
    },
];

#[cfg(test)]
mod tests;
