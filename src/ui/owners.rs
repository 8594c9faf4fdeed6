use leptos::prelude::*;

use crate::transport::Binding;

/// Whose credential each is, where the provider has told.
#[derive(Clone, Copy)]
pub struct Owners(RwSignal<Vec<(Binding, String)>>);

impl Default for Owners {
    fn default() -> Owners {
        Owners(RwSignal::new(Vec::new()))
    }
}

impl Owners {
    pub fn of(self, binding: &Binding) -> Option<String> {
        self.0.with(|all| all.iter().find(|(own, _)| own == binding).map(|(_, owner)| owner.clone()))
    }

    /// What was said before of this one holds no more.
    pub fn note(self, binding: &Binding, owner: Option<String>) {
        self.0.update(|all| {
            all.retain(|(own, _)| own != binding);
            all.extend(owner.map(|owner| (binding.clone(), owner)));
        });
    }
}
