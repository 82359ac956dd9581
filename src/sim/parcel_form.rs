//! Reading one parcel of an upload (step 7 of section 10.3).
//!
//! Separate from the upload around it because the courier, number, text and contact rules are a subject of their own.

use super::fields::Fields;
use super::order::Parcel;
use super::reply::Refusal;
use super::upload_form::FormLimits;
use serde_json::Value;

const PARCEL: [&str; 4] = ["tracking_no", "express_company", "item_desc", "contact"];
const CONTACT: [&str; 2] = ["consignor_contact", "receiver_contact"];

/// One parcel as it came, types checked only.
pub struct ParcelDraft<'a> {
    tracking_no: &'a str,
    express_company: &'a str,
    item_desc: &'a str,
    consignor_contact: &'a str,
    receiver_contact: &'a str,
}

impl<'a> ParcelDraft<'a> {
    /// Reads one element of `shipping_list`; 47001 for wrong names and types.
    pub fn read(value: &'a Value) -> Result<Self, Refusal> {
        let fields = Fields::of(value, &PARCEL)?;
        let contact = fields.object("contact", &CONTACT)?;
        let of_contact = |name| match contact {
            Some(contact) => contact.text(name),
            None => Ok(None),
        };
        Ok(Self {
            tracking_no: fields.text("tracking_no")?.unwrap_or_default(),
            express_company: fields.text("express_company")?.unwrap_or_default(),
            item_desc: fields.text("item_desc")?.unwrap_or_default(),
            consignor_contact: of_contact("consignor_contact")?.unwrap_or_default(),
            receiver_contact: of_contact("receiver_contact")?.unwrap_or_default(),
        })
    }

    /// The checks of step 7; a parcel that is not express keeps its text only.
    pub fn check(&self, express: bool, limits: FormLimits) -> Result<Parcel, Refusal> {
        if express {
            bytes(self.tracking_no, 128, 268_485_226, 10_060_026, "tracking_no")?;
            bytes(
                self.express_company,
                128,
                268_485_227,
                10_060_025,
                "express_company",
            )?;
        }
        if self.item_desc.is_empty() {
            return Err(Refusal::new(10_060_008, "item_desc is empty"));
        }
        let length = if limits.utf16_texts {
            self.item_desc.encode_utf16().count()
        } else {
            self.item_desc.chars().count()
        };
        if length > 120 {
            return Err(Refusal::new(10_060_009, "item_desc is too long"));
        }
        if express {
            self.check_contact()?;
        }
        let kept = |text: &str| if express { text.to_owned() } else { String::new() };
        Ok(Parcel {
            tracking_no: kept(self.tracking_no),
            express_company: kept(self.express_company),
            item_desc: self.item_desc.to_owned(),
            consignor_contact: kept(self.consignor_contact),
            receiver_contact: kept(self.receiver_contact),
            upload_time: 0,
        })
    }

    /// SF needs one of the two; whatever is given keeps its last four digits readable.
    fn check_contact(&self) -> Result<(), Refusal> {
        let given = [self.consignor_contact, self.receiver_contact];
        if self.express_company == "SF" && given.iter().all(|contact| contact.is_empty()) {
            return Err(Refusal::new(
                10_060_014,
                "invalid parameter: contact is required for SF",
            ));
        }
        for contact in given.into_iter().filter(|contact| !contact.is_empty()) {
            let tail: Vec<char> = contact
                .chars()
                .rev()
                .filter(|mark| !matches!(mark, '-' | ' '))
                .take(4)
                .collect();
            let readable = tail.len() == 4 && tail.iter().all(char::is_ascii_digit);
            if contact.len() > 1024 || !readable {
                return Err(Refusal::new(10_060_014, "invalid parameter: contact"));
            }
        }
        Ok(())
    }
}

fn bytes(text: &str, most: usize, empty: i64, long: i64, name: &str) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(Refusal::new(empty, format!("{name} is empty")));
    }
    if text.len() > most {
        return Err(Refusal::new(long, format!("{name} is too long")));
    }
    Ok(())
}
