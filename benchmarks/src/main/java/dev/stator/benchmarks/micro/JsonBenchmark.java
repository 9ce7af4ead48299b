package dev.stator.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.model.Item;
import dev.stator.server.json.ApiJson;
import dev.stator.server.json.Operation;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** The JSON of requests and answers, with an item of 900 bytes. */
public class JsonBenchmark extends MicroBenchmark {
    private final ApiJson json = new ApiJson();
    private final Item item = SampleItem.of(1);
    private final byte[] putRequest = SampleItem.putRequest(item).getBytes(UTF_8);
    private final byte[] getRequest = SampleItem.getRequest(1).getBytes(UTF_8);
    private final GetItemResponse found = new GetItemResponse(Optional.of(item), Optional.empty());
    private final PutItemResponse put =
            new PutItemResponse(Optional.empty(), Optional.empty(), Optional.empty());
    private final ByteArrayOutputStream target = new ByteArrayOutputStream(1 << 12);

    @Benchmark
    public ApiRequest readPutItem() {
        return json.read(Operation.PUT_ITEM, putRequest, 0, putRequest.length);
    }

    @Benchmark
    public ApiRequest readGetItem() {
        return json.read(Operation.GET_ITEM, getRequest, 0, getRequest.length);
    }

    @Benchmark
    public int writeGetItem() {
        target.reset();
        json.write(found, target);
        return target.size();
    }

    @Benchmark
    public int writePutItem() {
        target.reset();
        json.write(put, target);
        return target.size();
    }
}
