//! In which order events are delivered: Stripe promises none, and delivers some of them again.

use crate::event::Event;

/// Each event as many times, one round after the other; with a seed, all of them in an order that looks random and is the
/// same for the same seed.
#[must_use]
pub fn schedule(events: &[Event], times: usize, seed: Option<u64>) -> Vec<&Event> {
    let mut scheduled: Vec<_> = (0..times).flat_map(|_| events).collect();
    if let Some(seed) = seed {
        shuffle(&mut scheduled, seed);
    }
    scheduled
}

/// Fisher and Yates' shuffle.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut dice = Dice(seed);
    for last in (1..items.len()).rev() {
        items.swap(last, dice.roll(last + 1));
    }
}

/// Numbers that look random: splitmix64.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // Half of the bits are in a `usize` on every machine.
        let number = usize::try_from(x >> 33).unwrap_or_default();
        number.checked_rem(sides).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::default_document;

    fn names(events: &[&Event]) -> Vec<String> {
        events.iter().map(|it| it.name().to_owned()).collect()
    }

    #[test]
    fn every_event_comes_as_often_and_a_seed_changes_only_the_order() {
        let document = default_document().unwrap();
        let wanted = ["invoice.created", "invoice.finalized", "invoice.paid"];
        let events: Vec<_> = wanted
            .iter()
            .map(|it| document.event(it).unwrap())
            .collect();
        let plain = names(&schedule(&events, 3, None));
        assert_eq!(plain, [wanted, wanted, wanted].concat());
        let mut orders = Vec::new();
        for seed in 0..20 {
            let shuffled = names(&schedule(&events, 3, Some(seed)));
            assert_eq!(shuffled, names(&schedule(&events, 3, Some(seed))));
            let mut sorted = shuffled.clone();
            sorted.sort_by_key(|it| wanted.iter().position(|name| name == it));
            assert_eq!(sorted, wanted.map(|it| [it; 3]).concat());
            orders.push(shuffled);
        }
        orders.sort();
        orders.dedup();
        assert!(orders.len() > 15, "{}", orders.len());
        assert!(schedule(&events, 0, Some(1)).is_empty());
    }
}
