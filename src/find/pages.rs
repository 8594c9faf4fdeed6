use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::provider::explain::code;
use crate::provider::list::{Listing, Page};
use crate::transport::{Request, Response, Text, link, query_value};

/// So many pages in a row of a list that says itself how it goes on may bring nothing new: some providers leave out
/// what one may not see after they have cut the pages.
const IDLE: u32 = 3;

/// How far one list was read, and what asks for its next page.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    at: At,
    read: u64,
    /// So many entries were given, whether new or not.
    given: u64,
    /// So many there are in all, by the provider's word; the greatest, if it has several.
    told: Option<u64>,
    /// So many had no id.
    nameless: u64,
    idle: u32,
    ids: BTreeSet<String>,
    /// What was asked for already, by what asks for it.
    asked: BTreeSet<String>,
}

/// What the next page is asked for with.
#[derive(Clone, Debug, Default)]
enum At {
    #[default]
    First,
    /// A value of the page's parameter.
    Value(String),
    /// A query of its own.
    Query(String),
}

/// How a list goes on after a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    Page,
    End,
    /// It does not, and it did not say that it ended.
    Astray,
}

impl Pages {
    /// The query for the next page, of the call's own and what a step adds to it.
    pub fn query(&self, listing: &Listing, added: &[(String, String)], own: Text) -> Text {
        if let At::Query(query) = &self.at {
            return Text::plain(query);
        }
        let value = match (&self.at, &listing.page) {
            (At::Value(value), _) => Some(value.clone()),
            (_, Some(Page::Offset { .. })) => Some("0".to_string()),
            (_, Some(Page::Number { first, .. })) => Some(first.to_string()),
            _ => None,
        };
        let parameter = listing.page.as_ref().and_then(Page::parameter);
        let own_page = parameter.map(str::to_string).zip(value);
        let mut query = own;
        for (name, value) in added.iter().chain(&own_page) {
            if !query.is_empty() {
                query.push_plain("&");
            }
            query.push_plain(&[&query_value(name), "=", &query_value(value)].concat());
        }
        query
    }

    /// Whether this list had the id not yet.
    pub fn is_new(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_string())
    }

    /// An entry without an id.
    pub fn pass_over(&mut self) {
        self.nameless += 1;
    }

    /// What the provider said that there are and what it gave, if that is fewer. What it gave twice is one.
    pub fn fewer(&self) -> Option<(u64, u64)> {
        let gave = self.ids.len() as u64 + self.nameless;
        self.told.filter(|told| *told > gave).map(|told| (told, gave))
    }

    /// How it goes on after a page of so many entries, of which so many were new.
    pub fn turn(
        &mut self,
        listing: &Listing,
        request: &Request,
        response: &Response,
        json: &Json,
        (gave, fresh): (usize, usize),
    ) -> Next {
        self.read += 1;
        self.given += gave as u64;
        self.idle = if fresh == 0 { self.idle + 1 } else { 0 };
        match &listing.page {
            None => Next::End,
            Some(Page::Link) => {
                let Some(target) = response.header("Link").and_then(link::next) else { return Next::End };
                self.asked.insert(request.query.view());
                match link::query(target, &request.path.view()) {
                    Some(query) => self.follow(query.clone(), At::Query(query)),
                    None => Next::Astray,
                }
            }
            Some(Page::Cursor { next, .. }) => {
                let cursor = next.of(json).and_then(code).filter(|cursor| !cursor.is_empty());
                let Some(cursor) = cursor else { return Next::End };
                self.follow(cursor.clone(), At::Value(cursor))
            }
            Some(Page::Offset { end, .. } | Page::Number { end, .. }) => {
                let told = end.total.as_ref().and_then(|total| code(total.of(json)?)?.parse().ok());
                self.told = self.told.max(told);
                if gave == 0 || self.told == Some(self.given) {
                    return Next::End;
                }
                // What is more than what was told does not go by that.
                let is_told = self.told.is_some_and(|told| told > self.given);
                if !is_told && listing.size().is_some_and(|size| (gave as u64) < size) {
                    return Next::End;
                }
                if fresh == 0 {
                    return Next::Astray;
                }
                self.at = At::Value(match &listing.page {
                    Some(Page::Number { first, .. }) => (first + self.read).to_string(),
                    _ => self.given.to_string(),
                });
                Next::Page
            }
        }
    }

    /// Goes on to what the list itself calls its next page, each once.
    fn follow(&mut self, next: String, at: At) -> Next {
        if self.idle > IDLE || !self.asked.insert(next) {
            return Next::Astray;
        }
        self.at = at;
        Next::Page
    }
}
