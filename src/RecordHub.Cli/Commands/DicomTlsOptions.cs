using System.CommandLine;
using System.Security.Cryptography;
using RecordHub.Server.Dicom;

namespace RecordHub.Cli.Commands;

/// <summary>How a command is told to speak TLS with a DICOM node.</summary>
internal sealed class DicomTlsOptions
{
    /// <summary>Where the password of our key is looked for: not on a command line, which others can read.</summary>
    private const string PasswordVariable = "RECORDHUB_CERTIFICATE_PASSWORD";

    private readonly Option<bool> _tls = new("--tls") { Description = "Speak TLS (1.2 or 1.3)" };

    private readonly Option<string?> _certificate = File(
        "--certificate", $"Our certificate: PEM, or PKCS #12 with its password in {PasswordVariable}");

    private readonly Option<string?> _key = File("--key", "The PEM file of its key, when it is a file of its own");

    private readonly Option<string?> _trusted = File(
        "--trusted", "The authorities that the peer's certificate may come from (default: the system's)");

    private readonly Option<string?> _name = new("--tls-name")
    {
        Description = "The peer's certificate: a name in it, its subject, or its SHA-256 fingerprint (default: the host that is called)",
        HelpName = "NAME",
    };

    /// <summary>The options, for a command to take.</summary>
    public IReadOnlyList<Option> All => [_tls, _certificate, _key, _trusted, _name];

    /// <summary>What was asked for; null: no TLS.</summary>
    /// <exception cref="CommandException">A file cannot be used, or options stand without --tls.</exception>
    public PeerTls? Read(ParseResult parsed)
    {
        if (!parsed.GetValue(_tls))
        {
            return All.Skip(1).Any(option => parsed.GetResult(option) is { Implicit: false })
                ? throw new CommandException(
                    "Certificates are for TLS, which was not asked for.", "Add --tls, or leave them out.", ExitCodes.Usage)
                : null;
        }

        return new PeerTls
        {
            Own = parsed.GetValue(_certificate) is { } own
                ? Use(own, path => CertificateFile.ReadOwn(
                    path, parsed.GetValue(_key), Environment.GetEnvironmentVariable(PasswordVariable)))
                : null,
            Trusted = parsed.GetValue(_trusted) is { } trusted ? Use(trusted, CertificateFile.ReadTrusted) : null,
            Expected = parsed.GetValue(_name),
        };
    }

    private static T Use<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"The file {path} cannot be used: {e.Message}",
                "It has to be PEM (a certificate of ours with its key, or with --key) or PKCS #12.", ExitCodes.Usage);
        }
    }

    private static Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };
}
