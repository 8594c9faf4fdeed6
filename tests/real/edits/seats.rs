//! The members that are edited by chance, and which of them a provider refuses to change.

use simulated::{aitable, flashapply, symbl, toluna, webex};

use crate::members::Member;

pub struct Seat {
    pub member: Member,
    /// The provider refuses every change of it.
    pub refused: bool,
}

pub fn seats(provider: &str) -> Vec<Seat> {
    let seat = |member: Member| Seat { member, refused: false };
    let refused = |member: Member| Seat { member, refused: true };
    match provider {
        "symbl" => vec![
            seat(Member::symbl(&[("conversationId", symbl::CONVERSATION), ("memberId", symbl::MEMBER)])),
            seat(Member::symbl(&[("conversationId", symbl::CONVERSATION), ("memberId", symbl::MEMBER_MARY)])),
            seat(Member::symbl(&[
                ("conversationId", symbl::CONVERSATION),
                ("memberId", symbl::MEMBER_ROISIN),
            ])),
            seat(Member::symbl(&[
                ("conversationId", symbl::CONVERSATION_SPEAKERS),
                ("memberId", symbl::MEMBER_SPEAKER_1),
            ])),
            seat(Member::symbl(&[
                ("conversationId", symbl::CONVERSATION_SPEAKERS),
                ("memberId", symbl::MEMBER_JOHN_DOE),
            ])),
            seat(Member::symbl(&[
                ("conversationId", symbl::CONVERSATION_LONG_ID),
                ("memberId", symbl::MEMBER_LONG_ID),
            ])),
            seat(Member::symbl(&[
                ("conversationId", symbl::CONVERSATION_LARGE),
                ("memberId", symbl::MEMBER_WANG),
            ])),
        ],
        "flashapply" => vec![
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_PRIMARY)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_MANY)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_SCALAR)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_NOWHERE)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_EXTRA)])),
            seat(Member::flashapply(&[("memberId", flashapply::MEMBER_INACTIVE)])),
        ],
        "toluna" => vec![
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER)])),
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_YEAR_FIRST)])),
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_ENCODED)])),
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_TELLING)])),
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_INACTIVE)])),
            seat(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_TEST)])),
            refused(Member::toluna(&[("panel", "United Kingdom"), ("memberCode", toluna::MEMBER_BLOCKED)])),
            seat(Member {
                secrets: &[("partnerGuid", toluna::PANEL_FRANCE)],
                ..Member::toluna(&[("panel", "France"), ("memberCode", toluna::MEMBER_REGISTRATION)])
            }),
        ],
        "aitable" => vec![
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_TWO_TEAMS)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_NO_TEAM)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_NO_ROLES)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_TWO_ROLES)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_PRIMARY_ADMIN)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_SUB_ADMIN)])),
            seat(Member::aitable(&[("spaceId", aitable::SPACE), ("unitId", aitable::MEMBER_NOT_JOINED)])),
            refused(Member::aitable(&[
                ("spaceId", aitable::SPACE_INTEGRATED),
                ("unitId", aitable::MEMBER_INTEGRATED),
            ])),
        ],
        _ => vec![
            seat(Member::webex(&[("membershipId", webex::UNMODERATED)])),
            seat(Member::webex(&[("membershipId", webex::UNMODERATED_OWNER)])),
            seat(Member::webex(&[("membershipId", webex::MODERATED)])),
            seat(Member::webex(&[("membershipId", webex::MODERATED_MEMBER)])),
            refused(Member::webex(&[("membershipId", webex::CLOSED)])),
            seat(Member::webex(&[("membershipId", webex::DIRECT)])),
            seat(Member::webex(&[("membershipId", webex::DIRECT_HIDDEN)])),
            seat(Member::webex(&[("membershipId", webex::REGIONAL)])),
        ],
    }
}
