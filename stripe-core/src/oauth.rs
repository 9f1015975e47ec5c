//! OAuth of Connect, <https://docs.stripe.com/connect/oauth-reference>: how another Stripe account is connected to a
//! platform. An account's owner is sent to [`OAuth::authorize_url`], comes back with a code, and
//! [`OAuth::token`] turns that into the id of the connected account.
//!
//! The platform proves who it is with its API key, as in any other call; there is no second secret. Errors have the code that
//! OAuth gives them, such as `invalid_grant`: see [`Error::code`].

mod params;

use crate::client::Client;
use crate::encode::{self, Additions};
use crate::error::Error;
use crate::form;
use crate::host::Host;
use crate::operation::Operation;
use crate::request::Request;
use crate::tree::Entries;
use crate::untyped::Untyped;
use crate::value::Node;

pub use params::{Authorize, StripeUser, Token};

crate::object! {
    /// What Stripe answers to [`OAuth::token`]: the account that is connected now.
    pub struct Grant {
        /// A key for the connected account. Rather call with your own key and
        /// [`Request::account`](crate::Request::account): then there is one key to keep.
        pub access_token: Option<String>,
        /// Whether it is about real money.
        pub livemode: Option<bool>,
        /// What [`Token::from_refresh_token`] takes.
        pub refresh_token: Option<String>,
        /// What is allowed: `read_write` or `read_only`.
        #[shown = true]
        pub scope: Option<String>,
        /// A publishable key for the connected account.
        pub stripe_publishable_key: Option<String>,
        /// The id of the connected account.
        #[shown = true]
        pub stripe_user_id: String,
        /// Always `bearer`.
        #[shown = true]
        pub token_type: Option<String>,
    }
}

crate::object! {
    /// What Stripe answers to [`OAuth::deauthorize`].
    pub struct Deauthorized {
        /// The id of the account that is not connected any more.
        #[shown = true]
        pub stripe_user_id: String,
    }
}

/// The calls of OAuth, for one platform.
#[derive(Clone, Debug)]
pub struct OAuth {
    client: Client,
    client_id: String,
}

impl Client {
    /// The calls of OAuth, for the platform with this client id: `ca_…`, from the settings of Connect in the dashboard.
    ///
    /// ```no_run
    /// # use stripe_core::{Client, oauth};
    /// # async fn example(client: &Client, state: &str, code: &str) -> Result<(), stripe_core::Error> {
    /// let oauth = client.oauth("ca_123");
    /// let url = oauth.authorize_url(&oauth::Authorize::new(state).scope("read_write"))?;
    /// // Send the user to `url`. When they come back with the same `state`, and with a `code`:
    /// let account = oauth.token(oauth::Token::from_code(code)).await?.stripe_user_id;
    /// oauth.deauthorize(&account).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    #[must_use]
    pub fn oauth(&self, client_id: &str) -> OAuth {
        OAuth {
            client: self.clone(),
            client_id: client_id.to_owned(),
        }
    }
}

impl OAuth {
    /// The address to send an account's owner to. No request is made, and no secret is in it.
    ///
    /// Stripe sends the user back to `redirect_uri` with a `code` and the `state`. Go on only if the state is the one that
    /// you gave to **this** user's session: else somebody else's account is connected to their session.
    ///
    /// # Errors
    ///
    /// [`Validation`](crate::ErrorKind::Validation) if the client id or a parameter is an empty text.
    #[inline]
    pub fn authorize_url(&self, params: &Authorize) -> Result<String, Error> {
        self.url("/oauth/authorize", params)
    }

    /// The same for an account that Stripe shows the short form to, as platforms with Express accounts use it.
    ///
    /// # Errors
    ///
    /// As for [`authorize_url`](Self::authorize_url).
    #[inline]
    pub fn express_authorize_url(&self, params: &Authorize) -> Result<String, Error> {
        self.url("/express/oauth/authorize", params)
    }

    #[inline]
    fn url(&self, path: &str, params: &Authorize) -> Result<String, Error> {
        let query = self
            .query(params)
            .map_err(|error| Error::validation(error.param(), error.reason()))?;
        let base = self.client.inner().bases.get(Host::Connect);
        Ok(format!("{}{path}?{query}", base.as_str()))
    }

    #[inline]
    fn query(&self, params: &Authorize) -> Result<String, encode::Error> {
        let mut fixed = Entries::default();
        fixed.set("client_id", Node::Symbol(&self.client_id))?;
        fixed.set("response_type", Node::Symbol("code"))?;
        let additions = Additions {
            extra: Some(&fixed),
            ..Additions::default()
        };
        let query = form::encode_with(Some(params), additions)?;
        // What brackets are left are structure. Not every program that handles an address knows them.
        Ok(query.replace('[', "%5B").replace(']', "%5D"))
    }

    /// Turns a code into a connected account, or renews what was granted.
    ///
    /// `POST /oauth/token` at `connect.stripe.com`. A code is good for one call, within five minutes.
    #[inline]
    pub fn token(&self, params: Token) -> Request<Grant> {
        let operation = Operation::post_form("/oauth/token").host(Host::Connect);
        Request::new(&self.client, operation, &[]).params(params)
    }

    /// Disconnects an account: `acct_…`. Calls with its id are refused from then on.
    ///
    /// `POST /oauth/deauthorize` at `connect.stripe.com`.
    #[inline]
    pub fn deauthorize(&self, account: &str) -> Request<Deauthorized> {
        let operation = Operation::post_form("/oauth/deauthorize").host(Host::Connect);
        Request::new(&self.client, operation, &[])
            .extra_param("client_id", self.client_id.as_str())
            .extra_param("stripe_user_id", account)
    }
}
