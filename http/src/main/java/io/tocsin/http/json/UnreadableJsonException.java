package io.tocsin.http.json;

import java.io.IOException;

/** The input as a whole is not the JSON it should be; the message says where and what would be right. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message) {
        super(message);
    }
}
