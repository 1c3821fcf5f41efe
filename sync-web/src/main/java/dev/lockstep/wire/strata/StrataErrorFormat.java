package dev.lockstep.wire.strata;

import dev.lockstep.wire.http.ErrorFormat;
import dev.lockstep.wire.strata.frame.StrataAnswers;
import dev.lockstep.wire.strata.request.StrataError;

/** Errors in the words of the contract, sections 1.0 and 1.1. */
enum StrataErrorFormat implements ErrorFormat {
    INSTANCE;

    @Override
    public ErrorResponse of(Throwable failure) {
        StrataError error = StrataError.of(failure);
        return new ErrorResponse(error.status(), error.json(), error.mayPass());
    }

    @Override
    public String line(String message) {
        return StrataAnswers.errorLine(message);
    }
}
