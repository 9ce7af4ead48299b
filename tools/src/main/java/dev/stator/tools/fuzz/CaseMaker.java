package dev.stator.tools.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stator.tools.client.Credentials;
import dev.stator.tools.client.RequestSigner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the cases of a seed for the tables of one worker. Owned by one thread. */
final class CaseMaker {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** How often a case of an operation on items is preferred to one of any operation. */
    private static final int ITEMS_SHARE = 2;

    private final long seed;
    private final FuzzTables.Names names;
    private final RequestSigner signer;
    private final List<SeedRequest> all = SeedRequest.all();
    private final List<SeedRequest> ofItems;
    private final List<Json> bodies = new ArrayList<>();

    CaseMaker(long seed, FuzzTables.Names names, Credentials credentials, String host) {
        this.seed = seed;
        this.names = names;
        this.signer = new RequestSigner(credentials, host, InstantSource.system());
        this.ofItems =
                all.stream()
                        .filter(request -> request.operation().matches(".*(Item|Query|Scan).*"))
                        .toList();
        all.forEach(request -> bodies.add(Json.parse(request.bodyFor(names))));
    }

    FuzzCase make(long number) {
        Choice choice = new Choice(new SplittableRandom(seed ^ number * GOLDEN));
        SeedRequest request = choice.of(choice.oneIn(ITEMS_SHARE) ? ofItems : all);
        Json body = Json.parse(request.bodyFor(names));
        BodyMutation mutation = new BodyMutation(choice, bodies);
        if (choice.oneIn(2)) {
            body = mutation.subset(body, request.required());
        }
        int kind = choice.below(10);
        if (kind < 7) {
            for (int i = choice.oneIn(3) ? choice.below(4) : 1; i > 0; i--) {
                body = mutation.change(body);
            }
        }
        StringBuilder text = new StringBuilder();
        body.write(text);
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (kind == 7) {
            bytes = new ByteMutation(choice).change(bytes);
        }
        if (kind < 8) {
            return new FuzzCase(
                    number, request.operation(), signed(request.target(), bytes), true, true);
        }
        HttpMutation http = new HttpMutation(choice, this::signed);
        return http.change(number, request, bytes);
    }

    private byte[] signed(String target, byte[] body) {
        ByteBuf buffer = Unpooled.buffer(RequestSigner.sizeBytesMax(body.length));
        signer.write(target, body, body.length, buffer);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** Any request, whole and right. */
    byte[] plain(String operation, String body) {
        return signed(operation, body.getBytes(UTF_8));
    }

    /** The head of a request, as text. */
    static String head(byte[] request) {
        String text = new String(request, ISO_8859_1);
        return text.substring(0, text.indexOf("\r\n\r\n"));
    }
}
