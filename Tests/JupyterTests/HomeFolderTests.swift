import Foundation
import Jupyter
import Testing

@Suite struct HomeFolderTests {
  @Test(arguments: [["HOME": "/somewhere"], ["HOME": ""], [:]]) func `the home is HOME, else the user database's`(
    environment: [String: String]
  ) {
    let entry = getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) }
    #expect(HomeFolder.path(environment) == (environment["HOME"] == "/somewhere" ? "/somewhere" : entry ?? "/"))
  }
}
