package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.Condition;
import io.tocsin.engine.policy.Condition.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the matching rules of policies and triggers. */
final class ConditionReader {
    private static final String PRESENT = "*";
    private static final String NOT = "not";
    private static final String EXPECTED = "a value, a list of values, {not: value} or \"*\"";

    private ConditionReader() {}

    /** The conditions in the text's order. */
    static List<Condition> readAll(Value match) {
        List<Condition> conditions = new ArrayList<>();
        match.fields("a map of attributes such as {priority: urgent}").ifPresent(fields -> {
            for (Field field : fields.all()) {
                Scalars.name(field.key(), "the name of an attribute");
                read(field).ifPresent(conditions::add);
            }
        });
        return conditions;
    }

    private static Optional<Condition> read(Field field) {
        Value value = field.value();
        if (value.isMap()) {
            return value.fields(EXPECTED, List.of(NOT))
                    .flatMap(fields -> fields.require(NOT, "a value or a list of values"))
                    .map(excluded -> new Condition(field.name(), Test.NONE_OF, values(excluded)));
        }
        if (value.isText(PRESENT)) {
            return Optional.of(new Condition(field.name(), Test.PRESENT, List.of()));
        }
        return Optional.of(new Condition(field.name(), Test.ANY_OF, values(value)));
    }

    private static List<String> values(Value value) {
        List<Value> items = value.isList() ? value.someItems("at least one value") : List.of(value);
        List<String> values = new ArrayList<>();
        for (Value item : items) {
            Optional<String> text = item.anyText(EXPECTED);
            if (text.isPresent() && text.get().equals(PRESENT)) {
                item.error("\"*\" stands for any value and goes alone, as in agent: \"*\"");
            }
            text.ifPresent(values::add);
        }
        return values;
    }
}
