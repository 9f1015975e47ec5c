//! Ids as Stripe writes them: the prefix of the resource, then letters and digits. Opaque to every client; nothing is
//! ever read from a prefix here, but for the choice among the targets of an expansion.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Resource and prefix, where it is not simply the name.
const PREFIXES: &str = "account acct|apple_pay_domain apwc|application ca|application_fee fee|apps.secret appsecret|\
balance_transaction txn|bank_account ba|billing.alert alrt|billing.credit_balance_transaction cbtxn|\
billing.credit_grant credgr|billing.meter mtr|billing.meter_event_summary mtrusg|billing_portal.configuration bpc|\
billing_portal.session bps|card card|charge ch|checkout.session cs_test|climate.order climorder|\
climate.product climsku|climate.supplier climsup|confirmation_token ctoken|connect_collection_transfer connct|\
coupon coupon|credit_note cn|credit_note_line_item cnli|customer cus|customer_balance_transaction cbtxn|\
customer_cash_balance_transaction ccsbtxn|discount di|dispute du|entitlements.active_entitlement ent|\
entitlements.feature feat|ephemeral_key ephkey|event evt|fee_refund fr|file file|file_link link|\
financial_connections.account fca|financial_connections.account_owner fcaown|\
financial_connections.account_ownership fcaowns|financial_connections.session fcsess|\
financial_connections.transaction fctxn|forwarding.request fwdreq|identity.verification_report vr|\
identity.verification_session vs|invoice in|invoice_payment inpay|invoice_rendering_template inrtem|invoiceitem ii|\
issuing.authorization iauth|issuing.card ic|issuing.cardholder ich|issuing.dispute idp|\
issuing.personalization_design ipd|issuing.physical_bundle ics|issuing.settlement iset|issuing.token intok|\
issuing.transaction ipi|item li|line_item il|mandate mandate|payment_attempt_record par|payment_intent pi|\
payment_link plink|payment_method pm|payment_method_configuration pmc|payment_method_domain pmd|payment_record prec|\
payout po|person person|plan plan|price price|product prod|product_feature prodft|promotion_code promo|quote qt|\
radar.early_fraud_warning issfr|radar.payment_evaluation peval|radar.value_list rsl|radar.value_list_item rsli|\
refund re|reporting.report_run frr|review prv|scheduled_query_run sqr|setup_attempt setatt|setup_intent seti|\
shipping_rate shr|source src|source_transaction srctxn|subscription sub|subscription_item si|\
subscription_schedule sub_sched|tax.association taxa|tax.calculation taxcalc|tax.calculation_line_item tax_li|\
tax.registration taxreg|tax.transaction tax|tax.transaction_line_item tax_li|tax_code txcd|tax_id txi|tax_rate txr|\
terminal.configuration tmc|terminal.location tml|terminal.reader tmr|test_helpers.test_clock clock|token tok|\
topup tu|transfer tr|transfer_reversal trr|treasury.credit_reversal credrev|treasury.debit_reversal debrev|\
treasury.financial_account fa|treasury.inbound_transfer ibt|treasury.outbound_payment obp|\
treasury.outbound_transfer obt|treasury.received_credit rc|treasury.received_debit rd|treasury.transaction trxn|\
treasury.transaction_entry trxne|webhook_endpoint we|v2.core.account acct|v2.core.account_person person|\
v2.core.account_person_token perstok|v2.core.account_token accttok|v2.core.event evt|\
v2.core.event_destination ed|v2.commerce.product_catalog_import pcimprt";

fn table() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        PREFIXES
            .split('|')
            .filter_map(|row| row.split_once(' '))
            .collect()
    })
}

/// Whether a text property of this name holds the id of such a resource.
pub(super) fn is_known(name: &str) -> bool {
    table().contains_key(name)
}

/// The prefix of a component's ids.
pub(crate) fn prefix(component: &str) -> &str {
    let living = component.strip_prefix("deleted_").unwrap_or(component);
    let last = || living.rsplit('.').next().unwrap_or(living);
    table().get(living).copied().unwrap_or_else(last)
}

/// The id of the only such object, as seen from a property called `role`.
pub(crate) fn of(component: &str, role: &str) -> String {
    let role: String = role
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    format!("{}_Mock{role:0>12}", prefix(component))
}

/// The id of an item of a list that nobody created.
pub(crate) fn seed(component: &str, index: usize) -> String {
    format!("{}_MockItem{index:08}", prefix(component))
}

/// The index of an item of a list, from its id.
pub(crate) fn seed_index(id: &str) -> Option<usize> {
    id.rsplit_once("_MockItem")?.1.parse().ok()
}

/// The id of an object that was created as the `number`-th.
pub(crate) fn created(component: &str, number: u64) -> String {
    format!("{}_MockNew{number:010}", prefix(component))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_those_of_their_resource() {
        assert_eq!(of("customer", ""), "cus_Mock000000000000");
        assert_eq!(
            of("payment_method", "default_source"),
            "pm_Mockdefaultsourc"
        );
        assert_eq!(created("payment_intent", 7), "pi_MockNew0000000007");
        assert_eq!(seed("deleted_customer", 3), "cus_MockItem00000003");
        assert_eq!(seed_index("cus_MockItem00000003"), Some(3));
        assert_eq!(seed_index("cus_3"), None);
        assert_eq!(prefix("billing.something_new"), "something_new");
    }
}
