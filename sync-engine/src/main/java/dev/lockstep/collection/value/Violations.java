package dev.lockstep.collection.value;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.value.ObjectType.Member;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The violations of Bean Validation's constraints as issues, with the names of fields and members on the wire. */
public final class Violations {
    private Violations() {}

    /** The name of the attribute of a new row; empty if a constraint on the whole row is violated. */
    public static String attribute(ConstraintViolation<?> violation) {
        return name(violation.getPropertyPath().iterator().next());
    }

    /** The name of the Java attribute within that one; empty if the violation is not within it. */
    public static String member(ConstraintViolation<?> violation) {
        Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
        nodes.next();
        return nodes.hasNext() ? name(nodes.next()) : "";
    }

    /**
     * The issue of a new row.
     *
     * @param name the name of the field on the wire
     */
    public static Issue of(ConstraintViolation<?> violation, String name, FieldType<?> type) {
        Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
        nodes.next();
        return new Issue(name + members(type.form(), nodes), violation.getMessage());
    }

    /**
     * The issues of an object of which a client sends some members.
     *
     * @param name the name of the field on the wire
     */
    public static List<Issue> of(Validator validator, String name, ObjectPatch patch) {
        List<Issue> issues = new ArrayList<>();
        ofMembers(validator, name, patch, issues);
        return issues;
    }

    private static void ofMembers(Validator validator, String path, ObjectPatch patch, List<Issue> issues) {
        patch.values().forEach((name, value) -> {
            Member member = patch.type().named(name).orElseThrow();
            String at = path + "." + name;
            if (!(value instanceof ObjectPatch nested)) {
                validator
                        .validateValue(
                                patch.type().javaClass(),
                                member.attribute().name(),
                                member.type().toEntity(value))
                        .forEach(violation -> issues.add(new Issue(at, violation.getMessage())));
            } else if (member.attribute().has(Valid.class)) {
                ofMembers(validator, at, nested, issues);
            }
        });
    }

    /** The path within a value, beginning with a dot; empty for the value itself. */
    private static String members(EntityForm form, Iterator<Path.Node> nodes) {
        StringBuilder path = new StringBuilder();
        EntityForm at = form;
        while (nodes.hasNext()) {
            Path.Node node = nodes.next();
            if (node.getIndex() != null) {
                path.append('.').append(node.getIndex());
            }
            at = at instanceof ListForm list ? list.item().form() : at;
            if (node.getKind() == ElementKind.PROPERTY && at instanceof ObjectType object) {
                Optional<Member> member = object.ofAttribute(name(node));
                path.append('.').append(member.map(Member::name).orElse(name(node)));
                at = member.map(each -> each.type().form()).orElse(at);
            }
        }
        return path.toString();
    }

    private static String name(Path.Node node) {
        return node.getName() == null ? "" : node.getName();
    }
}
