import ArgumentParser
import Workbench

struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Tells Jupyter of the kernel, so that every launcher lists it.",
    discussion:
      "The kernelspec points to this program where it lies now. Without an option it is installed for the user.")

  @OptionGroup var place: InstallationOptions

  func run() throws {
    let folder = try place.location().kernelFolder
    try Kernelspec(executable: try ProgramFile.path()).write(to: folder)
    print("Installed the Attune kernel in \(folder)")
  }
}

struct UninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Takes the kernel out of Jupyter's list; the program itself stays.")

  @OptionGroup var place: InstallationOptions

  func run() throws {
    let folder = try place.location().kernelFolder
    if try Kernelspec.remove(from: folder) {
      print("Removed the Attune kernel from \(folder)")
    } else {
      print("There is no Attune kernel in \(folder)")
    }
  }
}

/// Where a kernelspec goes: three ways to say it, of which one may be used.
struct InstallationOptions: ParsableArguments {
  @Flag(help: "For the current user (the default).")
  var user = false

  @Flag(help: "For the Python environment that is active.")
  var sysPrefix = false

  @Option(help: "Under a folder: DIR/share/jupyter/kernels/attune.", completion: .directory)
  var prefix: String?

  func validate() throws {
    if [user, sysPrefix, prefix != nil].count(where: \.self) > 1 {
      throw ValidationError("--user, --sys-prefix and --prefix exclude each other.")
    }
  }

  func location() throws -> KernelLocation {
    if let prefix { return .prefix(prefix) }
    return sysPrefix ? .prefix(try KernelLocation.pythonPrefix()) : .user
  }
}
