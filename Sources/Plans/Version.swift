/// The version of the program.
package let decoyVersion = "0.1.0"
