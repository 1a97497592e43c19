package io.tocsin.http.json;

import java.io.IOException;

/** The input as a whole is not the JSON it should be; the message says where and what would be right. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    UnreadableJsonException(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** Where it is not, and what would be right. */
    public String detail() {
        return detail;
    }
}
