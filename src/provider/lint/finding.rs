//! How a member is found: what the steps name, what they give, and what they add to their calls.

use super::{Linter, unknown};
use crate::provider::find::Step;
use crate::provider::list::{Listing, Lookup, Page};

impl Linter<'_> {
    pub(super) fn find(&self) {
        let provider = self.provider;
        let steps = provider.steps();
        let Some(last) = steps.last() else { return };
        let is_key = |name: &str| provider.identity.iter().any(|field| field.key == name);
        let is_given = |key: &str| steps.iter().any(|step| step.gives == key);
        // A key that no step gives is typed.
        let typed = provider.identity.iter().filter(|field| !is_given(&field.key));
        let mut known: Vec<&str> =
            provider.connection.iter().chain(typed).map(|field| field.key.as_str()).collect();
        for (index, step) in steps.iter().enumerate() {
            let pointer = ["/find/", &index.to_string()].concat();
            let is_taken = |name: &str| known.contains(&name) || self.is_taken(name);
            if is_taken(&step.gives) {
                let cure = "Give it another name, or name a key of “identity”.";
                self.faults.add(
                    &[&pointer, "/gives"].concat(),
                    "Something else has this name already.",
                    cure,
                );
            }
            self.lookup(&pointer, &step.lookup, &known, &added(step));
            known.push(&step.gives);
        }
        if !is_key(&last.gives) {
            let cure = "Let it give a key of “identity”.";
            self.faults.add("/find", "The last step does not name a member.", cure);
        }
        for key in provider.identity.iter().map(|field| field.key.as_str()) {
            let is_named = || steps.iter().any(|step| step.names().any(|name| name == key));
            if !is_given(key) && !is_named() {
                let says = ["Nothing finds “", key, "”."].concat();
                self.faults.add("/find", says, "Add a step that gives it, or name it in a call.");
            }
        }
        if provider.read.also.iter().any(|also| also.name == "find") {
            let cure = "Give the extra read another one.";
            self.faults.add("/read/also/find", "Another call has this name.", cure);
        }
    }

    /// A list, perhaps in parts: what its calls name.
    pub(super) fn lookup(&self, pointer: &str, lookup: &Lookup, known: &[&str], added: &[&str]) {
        let mut names = known.to_vec();
        if let Some(tree) = &lookup.tree {
            let pointer = [pointer, "/tree"].concat();
            let is_key = self.provider.identity.iter().any(|field| field.key == tree.gives);
            if known.contains(&tree.gives.as_str()) || is_key || self.is_taken(&tree.gives) {
                let says = "Something else has this name already.";
                self.faults.add(&[&pointer, "/gives"].concat(), says, "Give it another name.");
            }
            names.push(&tree.gives);
            if !lookup.calls().all(|call| call.names().any(|name| name == tree.gives)) {
                let cure = "Name what “gives” says in each call.";
                self.faults.add(&pointer, "Every node would have the same list.", cure);
            }
            if let Some(list) = &tree.list {
                self.listing(&pointer, list, &names, &[]);
            }
        }
        self.listing(pointer, &lookup.list, &names, added);
    }

    /// Names of a file that a step may not give, keys of the identity left out: it is there to give those.
    fn is_taken(&self, name: &str) -> bool {
        let provider = self.provider;
        let needs = provider.sign_in.iter().filter_map(|way| way.exchange()).flat_map(|way| &way.needs);
        let asks = provider.reference.iter().flat_map(|reference| &reference.asks);
        let mut fields = provider.fields.iter().chain(&provider.connection).chain(needs).chain(asks);
        fields.any(|field| field.key == name) || provider.sign_in.iter().any(|way| way.way.id == name)
    }

    fn listing(&self, pointer: &str, list: &Listing, known: &[&str], added: &[&str]) {
        let call = &list.call;
        for name in call.names().filter(|name| !known.contains(name)) {
            let cure = "Name a key of “connection”, or what an earlier step or the tree gives.";
            self.faults.add(&[pointer, "/call"].concat(), unknown(name), cure);
        }
        let own = list.page.as_ref().and_then(Page::parameter);
        for parameter in added.iter().copied().chain(own) {
            let twice = added.iter().copied().chain(own).filter(|other| *other == parameter).count() > 1;
            if twice || call.parameter(parameter).is_some() {
                let says = ["The call has “", parameter, "” already."].concat();
                self.faults.add(&[pointer, "/call"].concat(), says, "Write it once, and not in the path.");
            }
        }
        let at = [pointer, "/page"].concat();
        let says_size = list.page.as_ref().and_then(Page::end).is_some_and(|end| end.size.is_some());
        if says_size && list.size().is_none() {
            let cure = "Name a parameter of the call’s path that has a number from 1, as in ?max=100.";
            self.faults.add(&at, "Nothing says how many a page has.", cure);
        }
        let secret = |name: &str| self.provider.secrets().any(|field| field.key == name);
        let in_query = || call.query.iter().flat_map(|query| query.names()).any(secret);
        if list.page == Some(Page::Link) && in_query() {
            let cure = "Let the secret stand in a header.";
            self.faults.add(&at, "The link to the next page would have the secret in clear.", cure);
        }
    }
}

/// The parameters that a step adds to its call, besides those of its pages.
fn added(step: &Step) -> Vec<&str> {
    let search = step.search.iter().map(|search| search.parameter.as_str());
    let period = step.period.iter().flat_map(|period| [period.from.as_str(), period.to.as_str()]);
    search.chain(period).collect()
}
