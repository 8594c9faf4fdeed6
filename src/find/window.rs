use std::ops::Range;

/// The part of a long list that is drawn: it follows the option in hand, and grows where somebody scrolls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    start: usize,
    end: usize,
}

/// So many options are drawn at first, and come with each step: half as many again as are seen at once.
const STEP: usize = 12;

/// More are never drawn at once: whoever scrolls that far had better type.
const MOST: usize = 96;

impl Window {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The list has another length now.
    pub fn fit(&mut self, count: usize) {
        self.end = self.end.max(self.start + STEP).min(count);
        self.start = self.start.min(self.end.saturating_sub(STEP));
    }

    /// Holds this option, with some around it.
    pub fn show(&mut self, index: usize, count: usize) {
        if !self.range().contains(&index) {
            let far = index > self.end + STEP || index + STEP < self.start;
            if far {
                self.start = index.saturating_sub(STEP / 2);
                self.end = index + STEP / 2;
            } else if index >= self.end {
                self.end = index + STEP;
                self.start = self.start.max(self.end.saturating_sub(MOST));
            } else {
                self.start = index.saturating_sub(STEP);
                self.end = self.end.min(self.start + MOST);
            }
        }
        self.fit(count);
    }

    /// Somebody has scrolled to the end of what is drawn.
    pub fn lengthen(&mut self, count: usize) {
        self.end = (self.end + STEP).min(count);
        self.start = self.start.max(self.end.saturating_sub(MOST));
    }

    /// Somebody has scrolled to its start.
    pub fn lengthen_back(&mut self) {
        self.start = self.start.saturating_sub(STEP);
        self.end = self.end.min(self.start + MOST);
    }
}

#[cfg(test)]
mod tests;
