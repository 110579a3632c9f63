package io.millrace.schemas.yaml;

/** A definition that cannot be worked with. The message names the field, and the file and line where they are known. */
public final class UnsoundDefinition extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * @param field path of the field, e.g. {@code phases[2].mark}
     * @param rule what it must be
     */
    public UnsoundDefinition(String field, String rule) {
        this("", field, rule);
    }

    /** @param place file and line, with a colon and a space behind */
    UnsoundDefinition(String place, String field, String rule) {
        super(place + field + (field.isEmpty() ? "" : " ") + rule);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }
}
