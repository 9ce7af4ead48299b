package dev.stator.tools.floor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.zip.CRC32;

/** Answers of the bare server on one connection: the headers and bodies that a real one sends. */
final class BareAnswers extends ChannelInboundHandlerAdapter {
    private static final String KEY = "user000000000000";
    private static final int KEY_OFFSET = item().indexOf(KEY);
    private static final byte[] KEY_START = "\"user".getBytes(US_ASCII);
    private static final int FIELDS = 8;
    private static final int FIELD_SIZE_BYTES = 104;
    private static final int BODY_SIZE_BYTES_MAX = 4 << 10;
    private static final byte[] EMPTY = "{}".getBytes(US_ASCII);
    private static final byte[] ACTIVE =
            "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}".getBytes(US_ASCII);

    private final byte[] item;
    private final CRC32 crc = new CRC32();
    private final byte[] body = new byte[BODY_SIZE_BYTES_MAX];
    private int bodyLength;
    private String target = "";

    BareAnswers(byte[] item) {
        this.item = item;
    }

    /** The answer to a GetItem, with a key that is to be replaced. */
    static String item() {
        StringBuilder text = new StringBuilder("{\"Item\":{\"pk\":{\"S\":\"" + KEY + "\"}");
        for (int i = 0; i < FIELDS; i++) {
            String value = "x".repeat(i < FIELDS - 1 ? FIELD_SIZE_BYTES : FIELD_SIZE_BYTES + 2);
            text.append(",\"field").append(i).append("\":{\"S\":\"").append(value).append("\"}");
        }
        return text.append("}}").toString();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            target = String.valueOf(request.headers().get("X-Amz-Target"));
            bodyLength = 0;
        }
        if (message instanceof HttpContent content) {
            take(content.content());
            content.release();
        }
        if (message instanceof LastHttpContent) {
            context.write(answer(context), context.voidPromise());
        }
    }

    private void take(ByteBuf part) {
        int length = Math.min(part.readableBytes(), body.length - bodyLength);
        part.readBytes(body, bodyLength, length);
        bodyLength += length;
    }

    private FullHttpResponse answer(ChannelHandlerContext context) {
        ByteBuf content;
        if (target.endsWith(".GetItem")) {
            content = context.alloc().directBuffer(item.length).writeBytes(item);
            putKey(content);
        } else {
            content = Unpooled.wrappedBuffer(target.endsWith(".DescribeTable") ? ACTIVE : EMPTY);
        }
        crc.reset();
        crc.update(content.nioBuffer());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content);
        response.headers()
                .set("x-amzn-RequestId", "U1MQRBD587GG7RQBME1K3CUM83O558ODQRRU3PPQJ45CGEEFR39M")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.DATE, "Thu, 01 Jan 2026 00:00:00 GMT")
                .set(HttpHeaderNames.CONTENT_TYPE, "application/x-amz-json-1.0")
                .set("x-amz-crc32", Long.toString(crc.getValue()));
        return response;
    }

    private void putKey(ByteBuf content) {
        int start = 0;
        while (start < bodyLength - KEY.length() && !isKeyAt(start)) {
            start++;
        }
        if (start < bodyLength - KEY.length()) {
            content.setBytes(KEY_OFFSET, body, start + 1, KEY.length());
        }
    }

    private boolean isKeyAt(int start) {
        for (int i = 0; i < KEY_START.length; i++) {
            if (body[start + i] != KEY_START[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
