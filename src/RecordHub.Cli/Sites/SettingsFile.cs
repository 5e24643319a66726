using RecordHub.Server.Hosting;
using RecordHub.Storage;

namespace RecordHub.Cli.Sites;

/// <summary>The data folder's <c>appsettings.json</c>: changed as a whole or not at all, and only to what can be started.</summary>
internal static class SettingsFile
{
    private const string Name = "appsettings.json";

    /// <summary>Writes a site into it, and gives the site as it is read from there.</summary>
    /// <exception cref="CommandException">The service would not start with it, or not know it; the file is as it was.</exception>
    public static SiteOptions Add(string data, string name, string site)
    {
        PrivateFolder.Create(data);
        string path = Path.Combine(data, Name);
        byte[] changed = SettingsText.AddSite(File.Exists(path) ? File.ReadAllBytes(path) : [], site);

        // In a folder of its own it is read as the service would read it, and beside the file it is moved into place.
        string draft = Path.Combine(data, $".{Name}-{Path.GetRandomFileName()}");
        PrivateFolder.Create(draft);
        try
        {
            string written = Path.Combine(draft, Name);
            using (FileStream file = new(written, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(changed);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(written, File.GetUnixFileMode(path));
            }

            SiteOptions added = Read(draft, name);
            File.Move(written, path, overwrite: true);
            return added;
        }
        finally
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    private static SiteOptions Read(string folder, string name)
    {
        try
        {
            return RecordHubOptions.Load(folder, new Dictionary<string, string?>()).Sites.FirstOrDefault(one => one.Name == name)
                ?? throw new CommandException(
                    $"{name} is not added: RECORDHUB__Sites__… of the environment would hide it.",
                    "Take the sites out of the environment, or write this one there.");
        }
        catch (StartRefusedException refused)
        {
            throw new CommandException($"{name} is not added: the service would not start with it.", refused.Message);
        }
    }
}
