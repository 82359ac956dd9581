//! The sounds as WAV files of 16 bits, one channel: a few tones with soft ends, so that nothing clicks.

use super::Sound;

/// Samples in a second.
const RATE: u32 = 22_050;
/// Milliseconds over which a tone swells and fades.
const RAMP_MILLIS: u32 = 6;

/// One tone, or a rest when its pitch is 0.
#[derive(Clone, Copy, Debug)]
struct Tone {
    hertz: u32,
    millis: u32,
    /// With overtones, as a buzzer has.
    rough: bool,
}

const fn tone(hertz: u32, millis: u32) -> Tone {
    Tone {
        hertz,
        millis,
        rough: false,
    }
}

fn tones(sound: Sound) -> &'static [Tone] {
    const TAKEN: [Tone; 1] = [tone(1_320, 70)];
    const DONE: [Tone; 3] = [tone(988, 80), tone(0, 20), tone(1_480, 130)];
    const WARNING: [Tone; 3] = [tone(590, 140), tone(0, 70), tone(590, 140)];
    const REFUSAL: [Tone; 1] = [Tone {
        hertz: 165,
        millis: 520,
        rough: true,
    }];
    match sound {
        Sound::Taken => &TAKEN,
        Sound::Done => &DONE,
        Sound::Warning => &WARNING,
        Sound::Refusal => &REFUSAL,
    }
}

fn samples_in(millis: u32) -> u32 {
    RATE.saturating_mul(millis) / 1000
}

/// The bytes of a WAV file.
pub(super) fn wav(sound: Sound) -> Vec<u8> {
    let samples: Vec<i16> = tones(sound).iter().flat_map(|tone| samples(*tone)).collect();
    let data_bytes = u32::try_from(samples.len()).unwrap_or(0).saturating_mul(2);
    let mut bytes = Vec::new();
    let mut put = |part: &[u8]| bytes.extend_from_slice(part);
    put(b"RIFF");
    put(&data_bytes.saturating_add(36).to_le_bytes());
    put(b"WAVEfmt ");
    put(&16_u32.to_le_bytes());
    put(&1_u16.to_le_bytes());
    put(&1_u16.to_le_bytes());
    put(&RATE.to_le_bytes());
    put(&RATE.saturating_mul(2).to_le_bytes());
    put(&2_u16.to_le_bytes());
    put(&16_u16.to_le_bytes());
    put(b"data");
    put(&data_bytes.to_le_bytes());
    for sample in samples {
        put(&sample.to_le_bytes());
    }
    bytes
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the value lies within the range of a sample"
)]
fn samples(tone: Tone) -> impl Iterator<Item = i16> {
    let (count, ramp) = (samples_in(tone.millis), samples_in(RAMP_MILLIS));
    (0..count).map(move |at| {
        if tone.hertz == 0 {
            return 0;
        }
        let turn = f64::from(at) * f64::from(tone.hertz) / f64::from(RATE) * std::f64::consts::TAU;
        let wave = if tone.rough {
            (turn.sin() + (3.0 * turn).sin() / 2.0 + (5.0 * turn).sin() / 3.0) / 1.4
        } else {
            turn.sin()
        };
        let edge = at.min(count.saturating_sub(at));
        let swell = (f64::from(edge) / f64::from(ramp)).min(1.0);
        (wave.clamp(-1.0, 1.0) * swell * 0.6 * f64::from(i16::MAX)) as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sound_is_a_wav_of_its_own_that_says_its_length() {
        let all: Vec<Vec<u8>> = Sound::ALL.into_iter().map(wav).collect();
        for (index, bytes) in all.iter().enumerate() {
            assert_eq!(&bytes[..4], b"RIFF");
            assert_eq!(&bytes[8..16], b"WAVEfmt ");
            let said = u32::from_le_bytes(bytes[40..44].try_into().unwrap());
            assert_eq!(said as usize, bytes.len() - 44);
            let loudest = bytes[44..]
                .chunks_exact(2)
                .map(|b| i16::from_le_bytes([b[0], b[1]]));
            assert!(loudest.max().unwrap() > 10_000, "it can be heard");
            assert!(all.iter().skip(index + 1).all(|other| other != bytes));
        }
        let lengths: Vec<usize> = all.iter().map(Vec::len).collect();
        assert!(lengths.is_sorted(), "the gravest is the longest: {lengths:?}");
    }
}
