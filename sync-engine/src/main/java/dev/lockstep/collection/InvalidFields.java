package dev.lockstep.collection;

import dev.lockstep.api.Refusal.Issue;
import java.util.Comparator;
import java.util.List;

/** Some fields of a change cannot be stored. */
public final class InvalidFields extends Exception {
    private final transient List<Issue> issues;

    public InvalidFields(List<Issue> issues) {
        super(issues.toString());
        // Validators report in no fixed order; the text of an error must be the same every time.
        this.issues = issues.stream()
                .sorted(Comparator.comparing(Issue::path).thenComparing(Issue::message))
                .toList();
    }

    /** The problems, sorted by path. */
    public List<Issue> issues() {
        return issues;
    }
}
