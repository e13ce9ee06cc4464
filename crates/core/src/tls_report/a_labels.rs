//! Names in other alphabets, as the DNS has them: U-labels and A-labels are one domain (RFC 5890 §2.3.2.1).

/// Longest label that is converted, in characters: a name has no longer one, and the work grows with the square.
const LABEL_LIMIT: usize = 63;

/// A name in lower case, each label that is not ASCII as an A-label.
pub(super) fn to_ascii(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut labels = Vec::new();
    // RFC 3490 §3.1: these are dots too.
    for label in name.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        let label: String = label.chars().flat_map(char::to_lowercase).collect();
        let converted = if label.is_ascii() { None } else { punycode(&label).map(|label| ["xn--", &label].concat()) };
        labels.push(converted.unwrap_or(label));
    }
    labels.join(".")
}

/// RFC 3492 §6.3.
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    const T_MIN: u32 = 1;
    const T_MAX: u32 = 26;
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    if characters.len() > LABEL_LIMIT {
        return None;
    }
    let mut output: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    if basic > 0 {
        output.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    while (handled as usize) < characters.len() {
        let smallest = characters.iter().copied().filter(|character| *character >= next).min()?;
        delta = delta.checked_add((smallest - next).checked_mul(handled + 1)?)?;
        next = smallest;
        for &character in &characters {
            if character < next {
                delta = delta.checked_add(1)?;
            }
            if character != next {
                continue;
            }
            let mut rest = delta;
            for step in 1.. {
                let threshold = (BASE * step).saturating_sub(bias).clamp(T_MIN, T_MAX);
                if rest < threshold {
                    break;
                }
                output.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                rest = (rest - threshold) / (BASE - threshold);
            }
            output.push(digit(rest));
            delta /= if handled == basic { 700 } else { 2 };
            delta += delta / (handled + 1);
            let mut steps = 0;
            while delta > (BASE - T_MIN) * T_MAX / 2 {
                delta /= BASE - T_MIN;
                steps += BASE;
            }
            bias = steps + (BASE - T_MIN + 1) * delta / (delta + 38);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(output)
}

fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, 36).unwrap_or('a')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_dns_has() {
        let names = [
            ("Shop.Example", "shop.example"),
            ("müller.example", "xn--mller-kva.example"),
            ("MÜLLER.Example", "xn--mller-kva.example"),
            ("bücher.müller.example", "xn--bcher-kva.xn--mller-kva.example"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("почта.рф", "xn--80a1acny.xn--p1ai"),
            ("*.faß.example", "*.xn--fa-hia.example"),
        ];
        for (name, ascii) in names {
            assert_eq!(to_ascii(name), ascii, "{name}");
        }
        assert!(to_ascii(&"ü".repeat(5000)).len() > 5000, "what is no label stays as it is");
    }
}
