package io.tocsin.app.chart;

/** A chart cannot be drawn, because the machine has no font to measure its letters with. */
public final class NoFontException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoFontException(Throwable cause) {
        super(
                "there is no font on this machine to draw charts with; install fontconfig and one, such as DejaVu",
                cause);
    }
}
