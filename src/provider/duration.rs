use std::time::Duration;

/// Reads an ISO 8601 duration made of days, hours, minutes and seconds, as in `PT15S` or `P1DT2H`.
/// Months and years have no fixed length and are refused.
pub fn parse(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (days, clock) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((days, clock)) => (days, clock),
        None => (rest, ""),
    };
    if days.is_empty() && clock.is_empty() {
        return None;
    }
    let seconds =
        parts(days, &[('D', 86_400)])?.checked_add(parts(clock, &[('H', 3600), ('M', 60), ('S', 1)])?);
    seconds.map(Duration::from_secs)
}

fn parts(mut text: &str, units: &[(char, u64)]) -> Option<u64> {
    let mut seconds: u64 = 0;
    for (unit, length) in units {
        if let Some((digits, rest)) = text.split_once(*unit) {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let count: u64 = if plain { digits.parse().ok()? } else { return None };
            seconds = seconds.checked_add(count.checked_mul(*length)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(seconds)
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_are_read_by_iso_8601() {
        let check = |text: &str, seconds: Option<u64>| {
            assert_eq!(super::parse(text).map(|duration| duration.as_secs()), seconds, "{text}");
        };
        check("PT15S", Some(15));
        check("PT1M30S", Some(90));
        check("P1D", Some(86_400));
        check("P1DT1H", Some(90_000));
        for wrong in ["", "P", "PT", "15", "PT1X", "PT-1S", "P1M", "PT1S1M", "PTS", "PT99999999999999999999S"]
        {
            check(wrong, None);
        }
    }
}
