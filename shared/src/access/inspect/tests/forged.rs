//! What somebody could make of a change with a library of their own.

use automerge::ExpandedChange;
use automerge::legacy::{ObjectId, SortedVec};

use super::*;

#[test]
fn what_automerge_would_not_look_at_is_refused() {
    type Forge = fn(&mut ExpandedChange, &mut ExpandedChange);
    // The first change types two characters into an activity's title and erases one, the second sets its status and then its lead.
    let rows: [(&str, Forge); 12] = [
        ("overwrites what stands at another key", |_, set| {
            let other = set.operations[1].pred.clone();
            set.operations[0].pred = other;
        }),
        ("overwrites what stands in another object", |typed, set| {
            let other = typed.operations[2].pred.clone();
            set.operations[0].pred = other;
        }),
        ("overwrites a thing twice", |_, set| {
            let twice = [set.operations[0].pred.iter().cloned(), set.operations[0].pred.iter().cloned()];
            set.operations[0].pred = twice.into_iter().flatten().collect();
        }),
        ("overwrites nothing that is there", |_, set| {
            set.operations[0].pred = SortedVec::from(vec![OpId(1, actor(OTHER, 9))]);
        }),
        ("overwrites what comes after it", |_, set| {
            let start = set.start_op.get();
            set.operations[0].pred = SortedVec::from(vec![OpId(start + 1, set.actor_id.clone())]);
        }),
        ("removes nothing", |_, set| {
            set.operations[0].action = OpType::Delete;
            set.operations[0].pred = SortedVec::new();
        }),
        ("writes into an object that is not there", |_, set| {
            set.operations[0].obj = ObjectId::Id(OpId(3, actor(OTHER, 9)));
        }),
        ("puts a key into a text", |typed, set| set.operations[0].obj = typed.operations[0].obj.clone()),
        ("puts a character into a map", |typed, set| typed.operations[0].obj = set.operations[0].obj.clone()),
        ("types after a character of another text", |typed, _| {
            let ObjectId::Id(title) = &typed.operations[0].obj else { unreachable!() };
            typed.operations[0].key = Key::Seq(ElementId::Id(title.clone()));
        }),
        ("replaces a character", |typed, _| typed.operations[2].action = OpType::Put("x".into())),
        ("erases another character than it says", |typed, _| {
            let start = typed.start_op.get();
            typed.operations[2].pred = SortedVec::from(vec![OpId(start + 1, typed.actor_id.clone())]);
        }),
    ];
    let doc = plan();
    let inspector = Inspector::of(&doc);
    let typed = change(&doc, actor(ME, 1), |tx, plan| {
        let title = object(tx, &format!("{}/{}", first(plan), Name::Title.key()));
        tx.splice_text(&title, 0, 0, "ab").unwrap();
        tx.splice_text(&title, 0, 1, "").unwrap();
    });
    let set = change(&doc, actor(ME, 1), |tx, plan| {
        let activity = object(tx, &first(plan).to_string());
        tx.put(&activity, Name::Status.key(), "agreed").unwrap();
        tx.put(&activity, Name::Lead.key(), "somebody").unwrap();
    });
    for (what, forge) in rows {
        let (mut typed, mut set) = (typed.decode(), set.decode());
        let good = (typed.clone(), set.clone());
        forge(&mut typed, &mut set);
        let forged = if typed == good.0 { set } else { typed };
        let facilitator = grant(Role::Facilitator);
        assert_eq!(inspector.check(&Change::from(good.0), &facilitator, &States::default()).map(drop), OK);
        assert_eq!(inspector.check(&Change::from(good.1), &facilitator, &States::default()).map(drop), OK);
        assert_eq!(inspector.check(&Change::from(forged), &facilitator, &States::default()).map(drop), MALFORMED, "it {what}");
    }
}

#[test]
fn a_tower_of_objects_is_refused() {
    let doc = plan();
    let change = change(&doc, actor(ME, 1), |tx, _| {
        (0..1_000).fold(ROOT, |parent, _| tx.put_object(&parent, "a", ObjType::Map).unwrap());
    });
    assert_eq!(Inspector::of(&doc).check(&change, &grant(Role::Facilitator), &States::default()).map(drop), MALFORMED);
}
