//! Currencies, <https://docs.stripe.com/currencies>.

crate::open_enum! {
    /// A three-letter ISO 4217 code in lower case, as Stripe writes currencies. Amounts are in its minor units: cents for
    /// `usd`, whole yen for `jpy`.
    pub enum Currency {
        /// `aed`.
        AED = "aed",
        /// `afn`.
        AFN = "afn",
        /// `all`.
        ALL = "all",
        /// `amd`.
        AMD = "amd",
        /// `ang`.
        ANG = "ang",
        /// `aoa`.
        AOA = "aoa",
        /// `ars`.
        ARS = "ars",
        /// `aud`.
        AUD = "aud",
        /// `awg`.
        AWG = "awg",
        /// `azn`.
        AZN = "azn",
        /// `bam`.
        BAM = "bam",
        /// `bbd`.
        BBD = "bbd",
        /// `bdt`.
        BDT = "bdt",
        /// `bgn`.
        BGN = "bgn",
        /// `bhd`.
        BHD = "bhd",
        /// `bif`.
        BIF = "bif",
        /// `bmd`.
        BMD = "bmd",
        /// `bnd`.
        BND = "bnd",
        /// `bob`.
        BOB = "bob",
        /// `brl`.
        BRL = "brl",
        /// `bsd`.
        BSD = "bsd",
        /// `btn`.
        BTN = "btn",
        /// `bwp`.
        BWP = "bwp",
        /// `byn`.
        BYN = "byn",
        /// `bzd`.
        BZD = "bzd",
        /// `cad`.
        CAD = "cad",
        /// `cdf`.
        CDF = "cdf",
        /// `chf`.
        CHF = "chf",
        /// `clp`.
        CLP = "clp",
        /// `cny`.
        CNY = "cny",
        /// `cop`.
        COP = "cop",
        /// `crc`.
        CRC = "crc",
        /// `cve`.
        CVE = "cve",
        /// `czk`.
        CZK = "czk",
        /// `djf`.
        DJF = "djf",
        /// `dkk`.
        DKK = "dkk",
        /// `dop`.
        DOP = "dop",
        /// `dzd`.
        DZD = "dzd",
        /// `egp`.
        EGP = "egp",
        /// `etb`.
        ETB = "etb",
        /// `eur`.
        EUR = "eur",
        /// `fjd`.
        FJD = "fjd",
        /// `fkp`.
        FKP = "fkp",
        /// `gbp`.
        GBP = "gbp",
        /// `gel`.
        GEL = "gel",
        /// `gip`.
        GIP = "gip",
        /// `gmd`.
        GMD = "gmd",
        /// `gnf`.
        GNF = "gnf",
        /// `gtq`.
        GTQ = "gtq",
        /// `gyd`.
        GYD = "gyd",
        /// `hkd`.
        HKD = "hkd",
        /// `hnl`.
        HNL = "hnl",
        /// `hrk`.
        HRK = "hrk",
        /// `htg`.
        HTG = "htg",
        /// `huf`.
        HUF = "huf",
        /// `idr`.
        IDR = "idr",
        /// `ils`.
        ILS = "ils",
        /// `inr`.
        INR = "inr",
        /// `isk`.
        ISK = "isk",
        /// `jmd`.
        JMD = "jmd",
        /// `jod`.
        JOD = "jod",
        /// `jpy`.
        JPY = "jpy",
        /// `kes`.
        KES = "kes",
        /// `kgs`.
        KGS = "kgs",
        /// `khr`.
        KHR = "khr",
        /// `kmf`.
        KMF = "kmf",
        /// `krw`.
        KRW = "krw",
        /// `kwd`.
        KWD = "kwd",
        /// `kyd`.
        KYD = "kyd",
        /// `kzt`.
        KZT = "kzt",
        /// `lak`.
        LAK = "lak",
        /// `lbp`.
        LBP = "lbp",
        /// `lkr`.
        LKR = "lkr",
        /// `lrd`.
        LRD = "lrd",
        /// `lsl`.
        LSL = "lsl",
        /// `mad`.
        MAD = "mad",
        /// `mdl`.
        MDL = "mdl",
        /// `mga`.
        MGA = "mga",
        /// `mkd`.
        MKD = "mkd",
        /// `mmk`.
        MMK = "mmk",
        /// `mnt`.
        MNT = "mnt",
        /// `mop`.
        MOP = "mop",
        /// `mur`.
        MUR = "mur",
        /// `mvr`.
        MVR = "mvr",
        /// `mwk`.
        MWK = "mwk",
        /// `mxn`.
        MXN = "mxn",
        /// `myr`.
        MYR = "myr",
        /// `mzn`.
        MZN = "mzn",
        /// `nad`.
        NAD = "nad",
        /// `ngn`.
        NGN = "ngn",
        /// `nio`.
        NIO = "nio",
        /// `nok`.
        NOK = "nok",
        /// `npr`.
        NPR = "npr",
        /// `nzd`.
        NZD = "nzd",
        /// `omr`.
        OMR = "omr",
        /// `pab`.
        PAB = "pab",
        /// `pen`.
        PEN = "pen",
        /// `pgk`.
        PGK = "pgk",
        /// `php`.
        PHP = "php",
        /// `pkr`.
        PKR = "pkr",
        /// `pln`.
        PLN = "pln",
        /// `pyg`.
        PYG = "pyg",
        /// `qar`.
        QAR = "qar",
        /// `ron`.
        RON = "ron",
        /// `rsd`.
        RSD = "rsd",
        /// `rub`.
        RUB = "rub",
        /// `rwf`.
        RWF = "rwf",
        /// `sar`.
        SAR = "sar",
        /// `sbd`.
        SBD = "sbd",
        /// `scr`.
        SCR = "scr",
        /// `sek`.
        SEK = "sek",
        /// `sgd`.
        SGD = "sgd",
        /// `shp`.
        SHP = "shp",
        /// `sle`.
        SLE = "sle",
        /// `sos`.
        SOS = "sos",
        /// `srd`.
        SRD = "srd",
        /// `std`.
        STD = "std",
        /// `szl`.
        SZL = "szl",
        /// `thb`.
        THB = "thb",
        /// `tjs`.
        TJS = "tjs",
        /// `tnd`.
        TND = "tnd",
        /// `top`.
        TOP = "top",
        /// `try`.
        TRY = "try",
        /// `ttd`.
        TTD = "ttd",
        /// `twd`.
        TWD = "twd",
        /// `tzs`.
        TZS = "tzs",
        /// `uah`.
        UAH = "uah",
        /// `ugx`.
        UGX = "ugx",
        /// `usd`.
        USD = "usd",
        /// `usdb`.
        USDB = "usdb",
        /// `usdc`.
        USDC = "usdc",
        /// `uyu`.
        UYU = "uyu",
        /// `uzs`.
        UZS = "uzs",
        /// `vnd`.
        VND = "vnd",
        /// `vuv`.
        VUV = "vuv",
        /// `wst`.
        WST = "wst",
        /// `xaf`.
        XAF = "xaf",
        /// `xcd`.
        XCD = "xcd",
        /// `xcg`.
        XCG = "xcg",
        /// `xof`.
        XOF = "xof",
        /// `xpf`.
        XPF = "xpf",
        /// `yer`.
        YER = "yer",
        /// `zar`.
        ZAR = "zar",
        /// `zmw`.
        ZMW = "zmw",
    }
}
