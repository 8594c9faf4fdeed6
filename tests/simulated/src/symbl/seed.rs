//! The conversations that the simulated Symbl.ai starts with.

use serde_json::{Value, json};

use super::*;

const HOUR: i64 = 3600;

/// Lists show by themselves those that began less than a week before now.
pub(super) fn conversations(now: i64) -> Vec<Conversation> {
    let ago = |hours: i64, id: &str, name: &str, members| Conversation {
        id: id.into(),
        name: name.into(),
        start: now - hours * HOUR,
        end: now - hours * HOUR + HOUR / 2,
        metadata: None,
        members,
        messages: Vec::new(),
    };
    let with = |label: &str, conversation| Conversation {
        metadata: Some(json!({ "label": label, "agentId": "nadia.okafor" })),
        ..conversation
    };
    let mut all = vec![
        with("Product", ago(26, CONVERSATION, "Sprint review", review())),
        with("Support", ago(50, CONVERSATION_SPEAKERS, "Support call", speakers())),
        with("Finance", ago(74, CONVERSATION_LONG_ID, "Budget 2027", vec![nadia(MEMBER_LONG_ID)])),
        ago(75, CONVERSATION_LONG_ID_TOO, "Budget 2026", vec![nadia("98765432109876540002")]),
        ago(98, CONVERSATION_LARGE, "全員会議 · All hands", everybody()),
        with("Product", ago(30 * 24, CONVERSATION_OLD, "Kick-off", vec![nadia("63475698234689238")])),
        ago(122, CONVERSATION_EMPTY, "Nobody came", Vec::new()),
    ];
    all.extend((0..MORE_CONVERSATIONS).map(|place| {
        let name = title(place);
        ago(hours(place), &format!("47{:014}", 7_919_333 * (place + 1)), &name, of_crowd(place))
    }));
    for conversation in &mut all {
        let authors = conversation.members.iter().filter_map(|member| member["id"].as_str());
        // Everybody says two things.
        conversation.messages = authors.flat_map(|id| [id.to_string(), id.to_string()]).collect();
    }
    all
}

/// How long ago one of the many began.
fn hours(place: usize) -> i64 {
    let (first, last) = (8 * 24, OLDEST_DAYS * 24);
    first + (last - first) * place as i64 / (MORE_CONVERSATIONS as i64 - 1)
}

fn title(place: usize) -> String {
    const TOPICS: [&str; 7] =
        ["Stand-up", "Demo 🚀", "مراجعة", "סיכום שבועי", "週會", "주간 회의", "Customer's call"];
    match place {
        0 | 1 => TITLE_TWICE.into(),
        2 => TOPICS.join(" / ").repeat(3),
        3 => crowd::BLANK.into(),
        place if place == MORE_CONVERSATIONS - 1 => TITLE_OLDEST.into(),
        place => format!("{} {}", TOPICS[place % TOPICS.len()], place + 1),
    }
}

/// Not everybody has an e-mail, and one has no name either.
fn of_crowd(conversation: usize) -> Vec<Value> {
    let one = |place: usize| {
        let mut one = json!({ "id": crowd_member(place) });
        if let Some(name) = crowd::name(place) {
            one["name"] = name.into();
        }
        if place % 4 < 3 {
            one["email"] = crowd::email(place).into();
        }
        one
    };
    (3 * conversation..3 * conversation + 3).map(one).collect()
}

fn review() -> Vec<Value> {
    vec![
        member(MEMBER, "John", Some("john@example.com")),
        member(MEMBER_MARY, "Mary", Some("Mary@example.com")),
        member(MEMBER_ROISIN, "Róisín O’Brien", Some("roisin.obrien@example.ie")),
    ]
}

fn speakers() -> Vec<Value> {
    vec![
        member(MEMBER_SPEAKER_1, "Speaker 1", None),
        member(MEMBER_SPEAKER_2, "Speaker 2", None),
        member(MEMBER_JOHN_DOE, "John Doe", Some("john@example.com")),
    ]
}

fn everybody() -> Vec<Value> {
    let all = [
        (MEMBER_WANG, "王小明", Some("wang.xiaoming@example.cn")),
        ("382362a2-eeec-46a3-8891-d50508293851", "ليلى حسن", Some("layla.hassan@example.com")),
        ("b7de3a33-a16c-4926-9d4d-a904c88271c2", "Zoë 🚀 Müller", Some("zoe+rockets@example.de")),
        ("461dd687-4341-48a5-9f3a-7f6019d6378c", "Jean-Luc D’Angelo", Some("jean-luc.dangelo@example.fr")),
        ("25f497bd-2800-4e2b-bc71-e143a8f71d6b", "Siobhán O'Brien", Some("siobhan.obrien@example.com")),
        ("0f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f01", "Łukasz Żółć", Some("lukasz.zolc@example.pl")),
        ("1f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f02", "Ελένη Παπαδοπούλου", Some("eleni@example.gr")),
        ("2f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f03", "Никита Орлов", None),
        ("3f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f04", "김민준", Some("minjun.kim@example.kr")),
        ("4f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f05", "อรุณ ศรีสุข", None),
        ("5f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f06", "Søren Kjærgård", Some("soren@example.dk")),
        ("6f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f07", "<b>Bobby</b> & \"Tables\"", Some("bobby@example.com")),
        ("7f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f08", "Speaker 7", None),
        ("8f7ef0c7-1f4a-4a1e-9f43-0d6f6d4a6f09", "Nadia Okafor", Some("nadia.okafor@example.com")),
    ];
    all.into_iter().map(|(id, name, email)| member(id, name, email)).collect()
}

fn nadia(id: &str) -> Value {
    member(id, "Nadia Okafor", Some("nadia.okafor@example.com"))
}

/// Who never got an e-mail has no key for it.
fn member(id: &str, name: &str, email: Option<&str>) -> Value {
    let mut member = json!({ "id": id, "name": name });
    if let Some(email) = email {
        member["email"] = email.into();
    }
    member
}
