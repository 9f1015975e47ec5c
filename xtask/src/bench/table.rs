//! Rows, bars and medians as a Markdown table. It does not know what is measured.

use std::time::Duration;

/// What a row has to hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar {
    on: Quantity,
    /// None: the figure is reported, nothing more.
    bar: Option<f64>,
    aim: f64,
}

/// What a bar is on.
#[derive(Clone, Copy, Debug)]
enum Quantity {
    /// Ours divided by theirs.
    Ratio,
    /// Our figure alone.
    Ours,
}

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) what: String,
    ours: f64,
    peer: f64,
    unit: &'static str,
    bar: Bar,
}

impl Bar {
    pub(crate) fn ratio(bar: f64, aim: f64) -> Self {
        Self {
            on: Quantity::Ratio,
            bar: Some(bar),
            aim,
        }
    }

    /// No bar on the ratio, only an aim.
    pub(crate) fn aim(aim: f64) -> Self {
        Self {
            on: Quantity::Ratio,
            bar: None,
            aim,
        }
    }

    /// A bar on our figure, whatever the peer's.
    pub(crate) fn most(bar: f64, aim: f64) -> Self {
        Self {
            on: Quantity::Ours,
            bar: Some(bar),
            aim,
        }
    }
}

impl Row {
    pub(crate) fn seconds(what: &str, ours: Duration, peer: Duration, bar: Bar) -> Self {
        Self {
            what: what.to_owned(),
            ours: ours.as_secs_f64(),
            peer: peer.as_secs_f64(),
            unit: "s",
            bar,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a size in megabytes with one decimal needs no more precision"
    )]
    pub(crate) fn megabytes(what: &str, ours: u64, peer: u64, bar: Bar) -> Self {
        Self {
            what: what.to_owned(),
            ours: ours as f64 / 1e6,
            peer: peer as f64 / 1e6,
            unit: "MB",
            bar,
        }
    }

    pub(crate) fn count(what: &str, ours: usize, peer: usize, bar: Bar) -> Self {
        let number = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
        Self {
            what: what.to_owned(),
            ours: number(ours),
            peer: number(peer),
            unit: "",
            bar,
        }
    }

    /// Whether the bar is missed. A row without a bar cannot miss it.
    pub(crate) fn is_missed(&self) -> bool {
        self.bar.bar.is_some_and(|bar| self.judged() > bar)
    }

    /// The figure that the bar is on.
    fn judged(&self) -> f64 {
        match self.bar.on {
            Quantity::Ratio => self.ratio(),
            Quantity::Ours => self.ours,
        }
    }

    fn ratio(&self) -> f64 {
        self.ours / self.peer
    }

    fn verdict(&self) -> &'static str {
        match (self.is_missed(), self.judged() <= self.bar.aim) {
            (true, _) => "**missed**",
            (false, true) => "aim reached",
            (false, false) if self.bar.bar.is_some() => "holds",
            (false, false) => "reported",
        }
    }

    fn line(&self) -> String {
        let figure = |value: f64| match self.unit {
            "" => format!("{value:.0}"),
            unit => format!("{value:.1} {unit}"),
        };
        let bound = |value: f64| match self.bar.on {
            Quantity::Ratio => format!("{value:.2}"),
            Quantity::Ours => format!("{value:.0}"),
        };
        format!(
            "| {} | {} | {} | {:.3} | {} | {} | {} |",
            self.what,
            figure(self.ours),
            figure(self.peer),
            self.ratio(),
            self.bar.bar.map_or_else(|| "-".to_owned(), bound),
            bound(self.bar.aim),
            self.verdict()
        )
    }
}

/// The whole table.
pub(crate) fn render(rows: &[Row]) -> String {
    let heading = "| what | ours | async-stripe | ratio | at most | aim | |\n| --- | --: | --: | --: | --: | --: | --- |";
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    format!("{heading}\n{}", lines.join("\n"))
}

/// The middle of some measurements; between two middle ones, their mean.
pub(crate) fn median(runs: &[Duration]) -> Duration {
    let mut sorted = runs.to_vec();
    sorted.sort();
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let upper = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        at(upper)
    } else {
        (at(upper.saturating_sub(1)) + at(upper)) / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(ours: u64, peer: u64, bar: Bar) -> Row {
        Row::seconds(
            "x",
            Duration::from_secs(ours),
            Duration::from_secs(peer),
            bar,
        )
    }

    #[test]
    fn the_bar_is_on_the_ratio_or_on_our_figure() {
        for (row, missed, verdict) in [
            (
                seconds(5, 100, Bar::ratio(0.10, 0.05)),
                false,
                "aim reached",
            ),
            (seconds(10, 100, Bar::ratio(0.10, 0.05)), false, "holds"),
            (seconds(11, 100, Bar::ratio(0.10, 0.05)), true, "**missed**"),
            (seconds(90, 100, Bar::aim(0.10)), false, "reported"),
            (
                Row::count("x", 91, 200, Bar::most(90.0, 75.0)),
                true,
                "**missed**",
            ),
            (
                Row::count("x", 80, 20, Bar::most(90.0, 75.0)),
                false,
                "holds",
            ),
        ] {
            assert_eq!(
                (row.is_missed(), row.verdict()),
                (missed, verdict),
                "{row:?}"
            );
        }
    }

    #[test]
    fn a_row_shows_figures_ratio_and_bars() {
        let row = seconds(10, 100, Bar::ratio(0.10, 0.05));
        assert_eq!(
            row.line(),
            "| x | 10.0 s | 100.0 s | 0.100 | 0.10 | 0.05 | holds |"
        );
        let row = Row::count("y", 70, 80, Bar::most(90.0, 75.0));
        assert_eq!(
            row.line(),
            "| y | 70 | 80 | 0.875 | 90 | 75 | aim reached |"
        );
        let row = Row::megabytes("z", 4_200_000, 21_000_000, Bar::aim(0.1));
        assert_eq!(
            row.line(),
            "| z | 4.2 MB | 21.0 MB | 0.200 | - | 0.10 | reported |"
        );
    }

    #[test]
    fn the_median_is_the_middle() {
        let seconds = |list: &[u64]| {
            list.iter()
                .map(|it| Duration::from_secs(*it))
                .collect::<Vec<_>>()
        };
        for (runs, expected) in [(&[5, 1, 9][..], 5), (&[4, 2], 3), (&[7], 7), (&[], 0)] {
            assert_eq!(
                median(&seconds(runs)),
                Duration::from_secs(expected),
                "{runs:?}"
            );
        }
    }
}
