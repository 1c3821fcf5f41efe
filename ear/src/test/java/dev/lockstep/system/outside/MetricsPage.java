package dev.lockstep.system.outside;

import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

/** The page of a server's metrics. */
record MetricsPage(Server server) {
    /** The lines of values, without the label that the server adds. */
    List<String> series() throws IOException, InterruptedException {
        HttpResponse<String> answer = server.metrics();
        if (answer.statusCode() != 200) {
            throw new AssertionError("no metrics, but " + answer.statusCode());
        }
        return answer.body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("WF_DEPLOYMENT=\"[^\"]*\",?", "").replace("{}", ""))
                .toList();
    }

    /** The value of a series, with its labels as they are shown. */
    double value(String name) throws IOException, InterruptedException {
        List<Double> values = series().stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                .toList();
        if (values.size() != 1) {
            throw new AssertionError(name + " has " + values.size() + " values");
        }
        return values.getFirst();
    }
}
