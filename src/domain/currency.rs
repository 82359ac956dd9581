//! How many places the currencies of ISO 4217 have behind the point. Apart from the amounts so that the list is read
//! and compared as a list.

/// No smaller unit.
const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
/// Thousandths.
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
/// Ten-thousandths.
const FOUR: &str = "CLF UYW";
/// Hundredths: all others.
const TWO: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
    CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";

/// Places behind the point; `None` for a currency that the list does not have.
pub fn exponent(currency: &str) -> Option<usize> {
    let lists = [(NONE, 0), (TWO, 2), (THREE, 3), (FOUR, 4)];
    let has = |list: &str| list.split_whitespace().any(|known| known == currency);
    lists
        .into_iter()
        .find(|(list, _)| has(list))
        .map(|(_, places)| places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_standard() {
        for (currency, places) in [
            ("CNY", Some(2)),
            ("HKD", Some(2)),
            ("USD", Some(2)),
            ("JPY", Some(0)),
            ("KRW", Some(0)),
            ("VND", Some(0)),
            ("KWD", Some(3)),
            ("CLF", Some(4)),
            ("cny", None),
            ("CN", None),
            ("", None),
        ] {
            assert_eq!(exponent(currency), places, "{currency}");
        }
    }

    #[test]
    fn no_currency_stands_in_two_lists() {
        let all = [NONE, TWO, THREE, FOUR].map(str::split_whitespace);
        let mut all: Vec<&str> = all.into_iter().flatten().collect();
        let count = all.len();
        assert!(count > 150, "{count}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
