package dev.lockstep.examples.projectroles;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The roles of the demo project's members. */
@ApplicationScoped
public class Members {
    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    /** Empty for users without a role. */
    public Optional<Role> roleOf(String user) {
        return Optional.ofNullable(entities.find(Member.class, user)).flatMap(Member::role);
    }

    /** All users that have or had a role, by name. */
    public List<Member> all() {
        return entities.createQuery("select m from Member m order by m.name", Member.class)
                .getResultList();
    }

    /**
     * Gives a member another role, or none. Committed when it returns.
     *
     * @return whether there is such a member
     */
    @Transactional
    public boolean give(String user, Optional<Role> role) {
        Optional<Member> member = Optional.ofNullable(entities.find(Member.class, user));
        member.ifPresent(each -> each.become(role));
        return member.isPresent();
    }
}
