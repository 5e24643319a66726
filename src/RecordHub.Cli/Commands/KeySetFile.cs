namespace RecordHub.Cli.Commands;

/// <summary>Reads the file of a client's public keys.</summary>
internal static class KeySetFile
{
    private const long MostBytes = 64 * 1024;

    /// <exception cref="CommandException">It cannot be read, or is none.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandException(
                "Keys are not fetched from an address.", "Save the client's JWKS as a file, look at it, and give that.", ExitCodes.Usage);
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new CommandException($"There is no file {path}.", "Give --jwks a file with a JSON Web Key Set.", ExitCodes.Usage);
        }

        return file.Length <= MostBytes
            ? await File.ReadAllTextAsync(path, cancellationToken)
            : throw new CommandException(
                $"The file {path} is longer than {MostBytes} bytes.", "Give --jwks a file with a JSON Web Key Set.", ExitCodes.Usage);
    }
}
