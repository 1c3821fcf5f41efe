package dev.lockstep.collection;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.value.EntityForm;
import dev.lockstep.collection.value.ListForm;
import dev.lockstep.collection.value.ObjectPatch;
import dev.lockstep.collection.value.ObjectType;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The violations of Bean Validation's constraints as issues, with the names of fields and members on the wire. */
final class Violations {
    private Violations() {}

    /** The issue of a new row; empty if it concerns a field that is not reported. */
    static Optional<Issue> ofRow(
            CollectionModel model, ConstraintViolation<?> violation, Predicate<FieldModel> isReported) {
        Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
        String attribute = name(nodes.next());
        if (attribute.isEmpty() && !nodes.hasNext()) {
            return Optional.of(new Issue("", violation.getMessage()));
        }
        return model.fields().stream()
                .filter(field -> field.attribute().equals(attribute))
                .filter(isReported)
                .map(field -> new Issue(
                        field.name() + members(field.type().form(), nodes), violation.getMessage()))
                .findFirst();
    }

    /** The issues of a field's new value. Members of an object are checked where the field has {@code @Valid}. */
    static List<Issue> ofValue(Validator validator, CollectionModel model, FieldModel field, @Nullable Object value) {
        List<Issue> issues = new ArrayList<>();
        if (value instanceof ObjectPatch patch) {
            if (field.annotation(Valid.class).isPresent()) {
                ofMembers(validator, field.name(), patch, issues);
            }
            return issues;
        }
        for (ConstraintViolation<?> violation : validator.validateValue(
                model.entity(), field.attribute(), field.type().toEntity(value))) {
            Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
            nodes.next();
            issues.add(new Issue(field.name() + members(field.type().form(), nodes), violation.getMessage()));
        }
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
