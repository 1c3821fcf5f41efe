package dev.lockstep.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sections and rules of SPEC.md, in its order. */
record Specification(List<Section> sections) {
    private static final Pattern RULE = Pattern.compile("- \\*\\*([A-Z]+\\d+)\\*\\* (.*)");
    private static final Pattern NOT_TESTED = Pattern.compile("\\(not tested: ([^)]*)\\)");

    /** The rules below one heading: id and, where the rule says that it has no test, the reason. */
    record Section(String heading, Map<String, Optional<String>> rules) {}

    static Specification of(List<String> lines) {
        List<Section> sections = new ArrayList<>();
        for (String line : lines) {
            Matcher rule = RULE.matcher(line);
            if (line.startsWith("## ")) {
                sections.add(new Section(line.substring(3), new LinkedHashMap<>()));
            } else if (rule.matches()) {
                Matcher reason = NOT_TESTED.matcher(rule.group(2));
                sections.getLast()
                        .rules()
                        .put(rule.group(1), reason.find() ? Optional.of(reason.group(1)) : Optional.empty());
            }
        }
        return new Specification(sections);
    }

    boolean has(String id) {
        return sections.stream().anyMatch(section -> section.rules().containsKey(id));
    }
}
