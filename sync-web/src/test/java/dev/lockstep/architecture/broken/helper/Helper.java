package dev.lockstep.architecture.broken.helper;

/** Nobody can say what lies in such a package. */
interface Helper {}
