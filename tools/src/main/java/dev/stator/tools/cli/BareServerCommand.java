package dev.stator.tools.cli;

import dev.stator.tools.floor.BareServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code stator bare-server}. */
final class BareServerCommand implements Callable<Integer> {
    private final PrintStream out;
    private final OptionSpec port =
            OptionSpec.builder("--port")
                    .type(Integer.class)
                    .paramLabel("PORT")
                    .defaultValue("0")
                    .description("Listen on this port; 0, the default, takes any free one.")
                    .build();

    BareServerCommand(PrintStream out) {
        this.out = out;
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("bare-server")
                        .mixinStandardHelpOptions(true)
                        .addOption(port);
        spec.usageMessage()
                .header("Runs a server that answers and does nothing else, to compare with.", "")
                .description(
                        "One event loop of Netty that reads a request and answers with the bytes that the load of"
                                + " 'stator bench' expects. Ctrl-C stops it.");
        return spec;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BareServer server = BareServer.start(port.getValue())) {
            out.println("bare server at http://127.0.0.1:" + server.address().getPort());
            out.flush();
            server.awaitClose();
        }
        return ToolsCommand.OK;
    }
}
