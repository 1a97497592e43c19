package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named things of one kind that a file defines and refers to. A name whose definition has a mistake is known all the
 * same, so that one mistake is reported once.
 */
final class Definitions<T> {
    private final String kind;
    private final Map<String, T> byName = new LinkedHashMap<>();
    private final Map<String, Value> definitions = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    Definitions(String kind) {
        this.kind = kind;
    }

    /** Adds what is there without the file saying so. */
    void builtIn(String name, T thing) {
        byName.put(name, thing);
    }

    /** Adds or replaces what the file defines. */
    void define(String name, Value key, T thing) {
        byName.put(name, thing);
        definitions.put(name, key);
    }

    /** What a reference names; reported, if there is no such thing. */
    Optional<T> find(String name, Value reference) {
        T thing = byName.get(name);
        if (thing == null) {
            reference.unknown(kind, name, byName.keySet());
            return Optional.empty();
        }
        used.add(name);
        return Optional.of(thing);
    }

    /** Warns of what was defined and never found. */
    void warnOfUnused() {
        definitions.forEach((name, key) -> {
            if (!used.contains(name)) {
                key.warning("the " + kind + " " + Names.quote(name) + " is not used by any policy");
            }
        });
    }

    Collection<T> all() {
        return byName.values();
    }
}
