using System.Text.Json;
using RecordHub.Storage;

namespace RecordHub.Cli.Hub;

/// <summary>
/// The service that <c>recordhub login</c> was told, and the token for it: a file of the user's own, which nobody else may read.
/// </summary>
internal sealed record Profile(Uri Server, string Token)
{
    /// <summary>Where it is: <c>recordhub/profile.json</c> in the user's folder for settings; null where there is no such folder.</summary>
    public static string? FilePath =>
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } settings ? Path.Combine(settings, "recordhub", "profile.json") : null;

    /// <summary>Null when nobody has logged in.</summary>
    /// <exception cref="CommandException">The file is none of ours.</exception>
    public static Profile? Read()
    {
        if (FilePath is not { } path || !File.Exists(path))
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), HubJson.Default.Profile)
                is { Server: { IsAbsoluteUri: true, Scheme: "http" or "https" }, Token: { Length: > 0 } } profile)
            {
                return profile;
            }
        }
        catch (JsonException)
        {
            // Said below, without what it quotes.
        }

        throw new CommandException(
            $"{path} is no profile.", "Run 'recordhub login' to write it anew or 'recordhub logout' to remove it, or give --data or --server.");
    }

    /// <summary>Writes it; gives where.</summary>
    public string Write()
    {
        string path = FilePath ?? throw new CommandException(
            "There is no folder for settings to keep a profile in.", "Set HOME, or RECORDHUB_SERVER and RECORDHUB_TOKEN instead.");
        PrivateFolder.Create(Path.GetDirectoryName(path) ?? path);
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Default.Profile));
        return path;
    }

    /// <summary>Removes it; gives whether there was one.</summary>
    public static bool Remove()
    {
        bool there = FilePath is { } path && File.Exists(path);
        if (there)
        {
            File.Delete(FilePath!);
        }

        return there;
    }

    /// <summary>The type only: the token is a secret.</summary>
    public override string ToString() => nameof(Profile);
}
