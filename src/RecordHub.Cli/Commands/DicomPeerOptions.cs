using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Dicom;

namespace RecordHub.Cli.Commands;

/// <summary>How a command is told which DICOM node to talk to.</summary>
internal sealed class DicomPeerOptions
{
    public Argument<string> Address { get; } = new("address")
    {
        Description = "The peer's HOST:PORT",
        Validators =
        {
            result =>
            {
                if (Parse(result.Tokens[0].Value) is null)
                {
                    result.AddError($"'{result.Tokens[0].Value}' is no address; write it as HOST:PORT, such as 127.0.0.1:11112.");
                }
            },
        },
    };

    public Option<string> Called { get; } = Title("--aec", "The peer's AE title", "RECORDHUB");

    public Option<string> Calling { get; } = Title("--aet", "Our AE title", "RECORDHUBCLI");

    public DicomTlsOptions Tls { get; } = new();

    public DicomPeer Peer(ParseResult parsed)
    {
        (string host, int port) = Parse(parsed.GetRequiredValue(Address)) ?? throw new InvalidOperationException("Checked before.");
        return new DicomPeer(host, port, parsed.GetRequiredValue(Called), parsed.GetRequiredValue(Calling))
        {
            Tls = Tls.Read(parsed),
        };
    }

    /// <summary>An option that takes an AE title; required when there is no other.</summary>
    public static Option<string> Title(string name, string description, string? otherwise)
    {
        Option<string> option = new(name) { Description = description, HelpName = "TITLE", Required = otherwise is null };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (result.Tokens[0].Value.Trim().Length is 0 or > 16
                || result.Tokens[0].Value.Any(c => c is < ' ' or > '~' or '\\')))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no AE title: 1 to 16 characters of ASCII without backslash.");
            }
        });
        return option;
    }

    private static (string Host, int Port)? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && port > 0
            ? (text[..colon].Trim('[', ']'), port)
            : null;
    }
}
