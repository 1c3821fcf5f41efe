package dev.lockstep.system.identity;

import dev.lockstep.system.client.BroadcastSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Letters that are inserted, change colour and are deleted, and readers whose rights change meanwhile. Every text that
 * a reader receives is checked at once: each letter id and each letter text in it must be permitted by the rights that
 * the reader had since that text was written.
 */
final class RandomLetters {
    private static final int STEPS = 150;
    private static final int READERS = 3;
    private static final int SETTLE_STEPS = 10;
    private static final List<String> COLOURS = List.of("red", "blue", "green");
    private static final Pattern MARK = Pattern.compile("mark([0-9]+)\\.");
    private static final Pattern ID = Pattern.compile("letter[0-9a-f]+-[0-9]+\\.");

    private final long seed;
    private final Random random;
    private final Reader root;

    /** Distinguishes the ids of these letters from others. */
    private final String mark = Long.toHexString(System.nanoTime());

    private final List<Watching> watching = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private int step;
    private int seen;

    /** The text written into a letter at a step. */
    private record Text(String letter, String colour, int step) {}

    /** A reader, with its rights at each step since the beginning, and two sockets. */
    private static final class Watching {
        private final Reader reader;
        private final Map<Integer, Set<String>> rights = new HashMap<>();
        private final List<BroadcastSocket> sockets = new ArrayList<>();
        private Set<String> now = Set.of();
        private long cursor;

        Watching(Reader reader) {
            this.reader = reader;
        }
    }

    RandomLetters(long seed, Function<String, Reader> readers) {
        this.seed = seed;
        this.random = new Random(seed);
        root = readers.apply("root");
        root.mayRead(COLOURS.toArray(String[]::new));
        for (int i = 0; i < READERS; i++) {
            watching.add(new Watching(readers.apply("reader-" + i).at(root.board())));
        }
    }

    void run() {
        try {
            watching.forEach(this::changeRights);
            for (step = 1; step <= STEPS; step++) {
                act();
                watching.forEach(this::hear);
            }
            for (int i = 0; i < SETTLE_STEPS; i++, step++) {
                write("POST", "", "{\"id\":\"" + newLetter() + "\",\"title\":\"" + newText(last()) + "\"}");
                watching.forEach(this::hear);
            }
            if (seen < STEPS) {
                throw new AssertionError("seed " + seed + ": too little was received to mean anything: " + seen);
            }
        } finally {
            watching.forEach(each -> each.sockets.forEach(BroadcastSocket::close));
        }
    }

    private void act() {
        Watching reader = watching.get(random.nextInt(READERS));
        switch (random.nextInt(9)) {
            case 0, 1 -> write("POST", "", "{\"id\":\"" + newLetter() + "\",\"title\":\"" + newText(last()) + "\"}");
            case 2, 3 -> {
                String letter = anyLetter();
                write("PUT", "/" + letter, "{\"title\":\"" + newText(letter) + "\"}");
            }
            case 4 -> writeMany();
            case 5 -> write("DELETE", "/" + anyLetter(), "");
            case 6 -> changeRights(reader);
            case 7 -> read(reader);
            default -> writeAsReader(reader);
        }
    }

    private void writeMany() {
        if (random.nextBoolean()) {
            write(
                    "POST",
                    "/bulk",
                    items(i -> "{\"id\":\"" + newLetter() + "\",\"title\":\"" + newText(last()) + "\"}"));
        } else if (random.nextBoolean()) {
            write("PUT", "/bulk", items(i -> {
                String letter = anyLetter();
                return "{\"id\":\"" + letter + "\",\"data\":{\"title\":\"" + newText(letter) + "\"}}";
            }));
        } else {
            write("DELETE", "/bulk", "{\"ids\":[\"" + anyLetter() + "\",\"" + anyLetter() + "\"]}");
        }
    }

    private static String items(Function<Integer, String> item) {
        return IntStream.range(0, 4).boxed().map(item).collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    /** A reader's own requests are no secret from that reader: only the other readers are checked. */
    private void writeAsReader(Watching reader) {
        String letter = anyLetter();
        String body = "{\"title\":\"" + newText(letter) + "\"}";
        receive(reader, reader.reader.send("PUT", "/" + letter, body), "answer");
    }

    private void write(String method, String path, String json) {
        int status = root.send(method, path, json).statusCode();
        if (status != 200) {
            throw new AssertionError("seed " + seed + ": " + method + " " + path + " answers " + status);
        }
    }

    private void changeRights(Watching reader) {
        Set<String> next =
                COLOURS.stream().filter(colour -> random.nextBoolean()).collect(Collectors.toSet());
        Set<String> both = new HashSet<>(next);
        both.addAll(reader.now);
        reader.rights.put(step, both); // the change takes place within this step
        reader.reader.mayRead(next.toArray(String[]::new));
        reader.now = next;
        // Commits from here on are filtered by the new rights; commits sent earlier were filtered by the old ones.
        hear(reader);
        reopen(reader);
    }

    private void reopen(Watching reader) {
        reader.sockets.removeIf(BroadcastSocket::isEnded);
        while (!reader.now.isEmpty() && reader.sockets.size() < 3) {
            String query = random.nextBoolean() ? "" : "?cursor=" + (random.nextBoolean() ? 0 : reader.cursor);
            reader.sockets.add(reader.reader.open(query));
        }
    }

    private void read(Watching reader) {
        String query = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "?limit=2";
            case 2 -> "?cursor=0";
            default -> "?cursor=" + reader.cursor;
        };
        HttpResponse<byte[]> answer = reader.reader.list(query);
        receive(reader, answer, "list" + query);
        answer.headers().firstValueAsLong("lockstep-seq").ifPresent(position -> reader.cursor = position);
    }

    private void hear(Watching reader) {
        reader.rights.merge(step, reader.now, (one, other) -> one);
        for (BroadcastSocket socket : reader.sockets) {
            while (socket.unread() > 0) {
                check(reader, socket.next().text(), "frame");
            }
        }
    }

    private void receive(Watching reader, HttpResponse<byte[]> answer, String what) {
        reader.rights.merge(step, reader.now, (one, other) -> one);
        check(reader, answer.headers().map() + new String(answer.body(), StandardCharsets.UTF_8), what);
    }

    private void check(Watching reader, String received, String what) {
        MARK.matcher(received).results().map(RandomLetters::number).forEach(text -> {
            seen++;
            require(mayKnow(reader, texts.get(text)), reader, what, received);
        });
        ID.matcher(received).results().map(MatchResult::group).forEach(letter -> {
            boolean ofSomethingSeen =
                    texts.stream().anyMatch(text -> text.letter().equals(letter) && mayKnow(reader, text));
            require(ofSomethingSeen, reader, what, received);
        });
    }

    private static int number(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    private boolean mayKnow(Watching reader, Text text) {
        return IntStream.rangeClosed(text.step(), step)
                .anyMatch(at -> reader.rights.getOrDefault(at, Set.of()).contains(text.colour()));
    }

    private void require(boolean allowed, Watching reader, String what, String received) {
        if (!allowed) {
            throw new AssertionError("seed " + seed + ", step " + step + ": " + reader.reader.name() + ", who reads "
                    + reader.now + ", received by " + what + ": " + received);
        }
    }

    private String newLetter() {
        letters.add("letter" + mark + "-" + letters.size() + ".");
        return last();
    }

    private String last() {
        return letters.getLast();
    }

    private String anyLetter() {
        return letters.isEmpty() ? "letter-of-nobody" : letters.get(random.nextInt(letters.size()));
    }

    private String newText(String letter) {
        String colour = COLOURS.get(random.nextInt(COLOURS.size()));
        texts.add(new Text(letter, colour, step));
        return colour + ":mark" + (texts.size() - 1) + ".";
    }
}
