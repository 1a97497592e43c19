package io.tocsin.app.document;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Cells as texts. */
final class Cells {
    private Cells() {}

    static String forPeople(Column column, @Nullable Object cell) {
        return cell == null ? column.none() : plain(cell);
    }

    static String plain(Object cell) {
        return cell instanceof BigDecimal number ? number.toPlainString() : cell.toString();
    }
}
