package io.tocsin.engine.pipeline;

/** An alert cannot be kept, or compared with the one that is kept: the fault of the alert journal, not of a record. */
final class AlertNotKeptException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AlertNotKeptException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
