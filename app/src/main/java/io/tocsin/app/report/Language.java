package io.tocsin.app.report;

/** The languages of headings. */
enum Language {
    /** English. */
    EN,

    /** Chinese. */
    ZH;

    /** The one of the two texts that is in this language. */
    String of(String english, String chinese) {
        return this == EN ? english : chinese;
    }

    String tag() {
        return this == EN ? "en" : "zh";
    }
}
