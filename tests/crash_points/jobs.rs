//! The jobs that are killed: what is done before, which process is killed, and what a person does afterwards.

use std::fs;
use std::path::Path;
use std::process::Command;

use fahuo::sim::{Fault, Happening, What};

use super::chance::Chance;
use super::scene::{Scene, UPLOAD};

/// One job.
pub struct Job {
    pub name: &'static str,
    /// Everything up to the process that is killed.
    before: fn(&mut Scene, &mut Chance),
    /// The process that is killed.
    command: fn(&Scene) -> Command,
    /// It sends the files, so it can be killed from outside while the server holds a request, and `resume` goes on with
    /// what it left.
    pub sends: bool,
    /// What a person does afterwards, and what must hold then.
    after: fn(&mut Scene),
}

/// Where a shipment is in greater danger than elsewhere; a recovery begins after a death at one of them.
const DANGEROUS: [&str; 6] = [
    "after-enqueue:1",
    "after-record:2",
    "before-wire:12",
    "answer-begun:14",
    "upload-answered:2",
    "after-answer:3",
];

pub const JOBS: [Job; 13] = [
    Job {
        name: "ship",
        sends: true,
        before: |_, _| {},
        command: |scene| scene.command(&["ship", "a.csv", "b.csv", "--yes"]),
        after: ship_the_rest,
    },
    Job {
        name: "resume",
        sends: true,
        before: |scene, chance| die_first(scene, chance, &["ship", "a.csv", "--yes"]),
        command: |scene| scene.command(&["resume"]),
        after: ship_the_rest,
    },
    Job {
        name: "ship-again",
        sends: true,
        before: |scene, chance| die_first(scene, chance, &["ship", "a.csv", "--yes"]),
        command: |scene| scene.command(&["ship", "a.csv", "b.csv", "--yes"]),
        after: ship_the_rest,
    },
    Job {
        name: "hold",
        sends: true,
        before: |_, _| {},
        command: |scene| scene.command(&["ship", "a.csv", "--yes", "--hold", "1"]),
        after: ship_the_rest,
    },
    Job {
        name: "cancel",
        sends: false,
        before: |scene, _| {
            let mut ship = scene.command(&["ship", "a.csv", "--yes", "--hold", "600"]);
            let ended = scene.run(ship.env("FAHUO_CRASH_AT", "before-hold"));
            assert!(ended.died(), "{}", ended.err);
        },
        command: |scene| scene.command(&["cancel"]),
        after: |scene| {
            let mut cancel = scene.command(&["cancel"]);
            scene.ends(&mut cancel, &[0]);
            assert_eq!(scene.wechat.ledger().write_calls(), 0, "all of it was taken back");
            ship_the_rest(scene);
        },
    },
    Job {
        name: "desk",
        sends: false,
        before: |scene, _| {
            let [quota, foreign] = [0, 1].map(|i| [scene.spare[i].transaction_id.clone()]);
            let used_up = Fault::next(UPLOAD, What::errcode(45_009)).for_orders(quota);
            let other = Happening::SomeoneElseShips {
                express_company: "YTO".into(),
                tracking_no: "YT123456789".into(),
            };
            let other = Fault::next("get_order", What::Happen(other)).for_orders(foreign);
            scene.wechat.push_fault(used_up);
            scene.wechat.push_fault(other);
        },
        command: |scene| scene.window("desk"),
        after: |scene| {
            let mut window = scene.window("desk");
            scene.ends(&mut window, &[0]);
            let ledger = scene.wechat.ledger();
            let committed = [0, 1].map(|i| ledger.committed_uploads(&scene.spare[i].transaction_id));
            assert_eq!(committed, [1, 0], "ours once, and another's not at all");
            ship_the_rest(scene);
        },
    },
    Job {
        name: "errands",
        sends: false,
        before: |scene, _| {
            let lost = Fault::next("notify_confirm_receive", What::DropReplyAfterApply);
            scene.wechat.push_fault(lost);
        },
        command: |scene| scene.window("errands"),
        after: |scene| {
            let mut window = scene.window("errands");
            scene.ends(&mut window, &[0]);
            let counts = |what| {
                let mut counts = scene.errands.iter().map(|order| {
                    let fate = scene.wechat.ledger().order(order).unwrap();
                    fate.history.iter().filter(|change| change.what == what).count()
                });
                [counts.next(), counts.next()].map(Option::unwrap)
            };
            assert_eq!(counts("remind"), [1, 0], "reminded once");
            assert_eq!(counts("special")[0], 0);
            assert!(counts("special")[1] <= 1, "what is not known is left to a person");
            ship_the_rest(scene);
        },
    },
    Job {
        name: "combined",
        sends: false,
        before: |scene, _| {
            let lost = Fault::next("upload_combined_shipping_info", What::DropReplyAfterApply);
            scene.wechat.push_fault(lost);
            let [first, second] = [0, 1].map(|i| scene.spare[i].transaction_id.clone());
            scene.wechat.with_world(|world| {
                let payer = world.order(&first).unwrap().openid.clone();
                world.order_mut(&second).unwrap().openid = payer;
            });
        },
        command: |scene| scene.window("combined"),
        after: |scene| {
            let mut window = scene.window("combined");
            scene.ends(&mut window, &[0]);
            let ledger = scene.wechat.ledger();
            let committed = [0, 1].map(|i| ledger.committed_uploads(&scene.spare[i].transaction_id));
            assert_eq!(committed, [1, 1], "both parts, and each of them once");
            ship_the_rest(scene);
        },
    },
    Job {
        name: "team",
        sends: false,
        before: |scene, _| {
            let mut join = scene.command(&["team", "join", "team", "--operator", "小王"]);
            fs::create_dir(scene.dir.path().join("team")).unwrap();
            scene.ends(&mut join, &[0]);
        },
        command: |scene| scene.command(&["ship", "a.csv", "--yes"]),
        after: ship_the_rest,
    },
    Job {
        name: "recover",
        sends: false,
        before: |scene, chance| {
            die_first(scene, chance, &["ship", "a.csv", "--yes"]);
            damage(&scene.data(), chance);
        },
        command: |scene| scene.command(&["resume"]),
        after: ship_the_rest,
    },
    Job {
        name: "migrate",
        sends: false,
        before: |scene, _| first_schema(&scene.data()),
        command: |scene| scene.command(&["ship", "a.csv", "--yes"]),
        after: ship_the_rest,
    },
    Job {
        name: "rotate",
        sends: false,
        // Each clean end of a run that wrote something leaves a backup; with the fourth the second copy is long
        // enough to be begun anew.
        before: |scene, _| {
            for args in [
                ["ship", "a.csv", "--yes"],
                ["check", "b.csv", "a.csv"],
                ["check", "a.csv", "b.csv"],
            ] {
                let mut command = scene.command(&args);
                scene.ends(&mut command, &[0, 1]);
            }
        },
        command: |scene| scene.command(&["ship", "b.csv", "--yes"]),
        after: ship_the_rest,
    },
    Job {
        name: "accounts",
        sends: false,
        before: |_, _| {},
        command: |scene| scene.window("accounts"),
        after: |scene| {
            let mut window = scene.window("accounts");
            scene.ends(&mut window, &[0]);
            ship_the_rest(scene);
        },
    },
];

impl Job {
    /// The job of a name.
    pub fn named(name: &str) -> &'static Self {
        JOBS.iter()
            .find(|job| job.name == name)
            .expect("a job of that name")
    }

    /// Plays everything up to the process that is killed, and gives that.
    pub fn prepare(&self, scene: &mut Scene, chance: &mut Chance) -> Command {
        (self.before)(scene, chance);
        (self.command)(scene)
    }

    /// A person puts it right.
    pub fn recover(&self, scene: &mut Scene) {
        (self.after)(scene);
    }
}

/// An earlier process died at a dangerous place.
fn die_first(scene: &mut Scene, chance: &mut Chance, args: &[&str]) {
    let place = DANGEROUS[chance.below(DANGEROUS.len())];
    let mut command = scene.command(args);
    let ended = scene.run(command.env("FAHUO_CRASH_AT", place));
    assert!(
        ended.died(),
        "not ended at {place}: {:?} {}",
        ended.status,
        ended.err
    );
}

/// What happens to the folder of a program that has died: files vanish, are emptied, or change.
fn damage(data: &Path, chance: &mut Chance) {
    let database = data.join("fahuo.db");
    let log = data.join("fahuo.db-wal");
    match chance.below(4) {
        0 => fs::remove_file(database).unwrap(),
        1 => fs::write(database, "").unwrap(),
        2 => {
            let mut bytes = fs::read(&database).unwrap();
            bytes[..100].reverse();
            fs::write(database, bytes).unwrap();
        }
        _ => {
            fs::remove_file(database).unwrap();
            fs::remove_file(log).unwrap();
        }
    }
}

/// A folder that the first version of the program has made.
fn first_schema(data: &Path) {
    fs::create_dir(data).unwrap();
    let database = rusqlite::Connection::open(data.join("fahuo.db")).unwrap();
    database
        .execute_batch(include_str!("../../src/store/migrations/0001_first.sql"))
        .unwrap();
    database.pragma_update(None, "user_version", 1).unwrap();
    database
        .execute(
            "INSERT INTO journal_file (id, created_at, doubtful_since) VALUES (1, 0, 0)",
            [],
        )
        .unwrap();
}

/// `resume` brings what was accepted to its end, and all of a file or nothing of it was accepted. Then the same files
/// are shipped again, as a person would who saw the program vanish.
fn ship_the_rest(scene: &mut Scene) {
    let mut resume = scene.command(&["resume"]);
    scene.ends(&mut resume, &[0]);
    let after_resume = scene.shipped();
    assert!(
        [0, 8, 11].contains(&after_resume),
        "{after_resume} of 8 and 3 orders"
    );
    let mut ship = scene.command(&["ship", "a.csv", "b.csv", "--yes"]);
    scene.ends(&mut ship, &[0]);
    let writes = scene.wechat.ledger().write_calls();
    let mut ship = scene.command(&["ship", "a.csv", "b.csv", "--yes"]);
    scene.ends(&mut ship, &[0]);
    assert_eq!(
        scene.wechat.ledger().write_calls(),
        writes,
        "nothing is sent twice"
    );
}
