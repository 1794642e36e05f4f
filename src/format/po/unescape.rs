//! The escapes of PO's strings, which are those of C.

/// Undoes the escapes of a string, from after its first quote to its last.
pub(super) fn unescape(inside: &[u8], into: &mut Vec<u8>) -> Result<(), &'static str> {
    let mut rest = inside;
    loop {
        let Some(at) = memchr::memchr2(b'"', b'\\', rest) else {
            return Err("a string without its closing quote");
        };
        into.extend_from_slice(&rest[..at]);
        if rest[at] == b'"' {
            return if rest.len() == at + 1 { Ok(()) } else { Err("text after the closing quote") };
        }
        rest = &rest[at + 1..];
        let Some((&escape, after)) = rest.split_first() else {
            return Err("a string without its closing quote");
        };
        let digits = |most: usize, base: u32, from: &[u8]| {
            let count = from.iter().take(most).take_while(|b| char::from(**b).is_digit(base)).count();
            let value = from[..count].iter().fold(0, |value: u32, digit| {
                value * base + char::from(*digit).to_digit(base).unwrap_or_default()
            });
            (count, value)
        };
        match escape {
            b'n' => into.push(b'\n'),
            b't' => into.push(b'\t'),
            b'r' => into.push(b'\r'),
            b'v' => into.push(0xB),
            b'f' => into.push(0xC),
            b'a' => into.push(7),
            b'b' => into.push(8),
            b'\\' | b'"' | b'\'' | b'?' => into.push(escape),
            b'0'..=b'7' => {
                let (count, value) = digits(3, 8, rest);
                into.push(u8::try_from(value).map_err(|_| "an escape beyond a byte")?);
                rest = &rest[count..];
                continue;
            }
            b'x' => {
                let (count, value) = digits(2, 16, after);
                if count == 0 {
                    return Err("`\\x` without digits");
                }
                into.push(u8::try_from(value).map_err(|_| "an escape beyond a byte")?);
                rest = &after[count..];
                continue;
            }
            _ => return Err("an unknown escape"),
        }
        rest = after;
    }
}
